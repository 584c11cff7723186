import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export class EnrichDto {
  @ApiPropertyOptional({
    description:
      'Whose LinkedIn reads; without it, the sender of the lead or the first identity of the campaign',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  identityId: string = '';

  @ApiPropertyOptional({
    type: Number,
    default: 30,
    minimum: 1,
    maximum: 3_650,
    description: 'Who was read within so many days is fresh, and not read again',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  staleAfterDays: number = 30;

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Read who is fresh as well' })
  @IsOptional()
  @IsBoolean()
  force: boolean = false;
}
