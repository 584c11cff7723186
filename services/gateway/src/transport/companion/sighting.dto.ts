import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, Matches } from 'class-validator';

export class SeenDto {
  @ApiProperty({ format: 'date-time', description: 'When LinkedIn says it happened' })
  @IsISO8601({ strict: true })
  at!: string;
}

export class RepliedDto extends SeenDto {
  @ApiPropertyOptional({ description: "LinkedIn's id of the message; never its text" })
  @IsOptional()
  @Matches(/^[\w:.,()=+/-]{0,200}$/, {
    message: 'messageId must be an id of at most 200 characters',
  })
  messageId: string = '';
}

export class SightingView {
  @ApiProperty({ description: 'False: known already, or older than the enrollment' })
  recorded!: boolean;
}
