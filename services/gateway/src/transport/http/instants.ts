import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsRFC3339, ValidateIf } from 'class-validator';

/** Reads the past. */
export class AtQuery {
  @ApiPropertyOptional({ description: 'RFC 3339; without it: now', format: 'date-time' })
  @ValidateIf((_, at) => at !== '')
  @IsRFC3339()
  at: string = '';
}

export class SpanQuery {
  @ApiProperty({ description: 'RFC 3339', format: 'date-time' })
  @IsRFC3339()
  from!: string;

  @ApiProperty({ description: 'RFC 3339; not before `from`', format: 'date-time' })
  @IsRFC3339()
  to!: string;
}
