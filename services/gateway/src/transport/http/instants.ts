import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsRFC3339 } from 'class-validator';

/** Reads the past. */
export class AtQuery {
  @ApiPropertyOptional({ description: 'RFC 3339; without it: now', format: 'date-time' })
  @IsOptional()
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
