import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

export class StartSearchDto {
  @ApiProperty({ description: 'Whose LinkedIn searches; it need not be one of the campaign' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  identityId!: string;

  @ApiProperty({
    description: 'The address of a people search, as the browser shows it',
    example: 'https://www.linkedin.com/search/results/people/?keywords=head%20of%20sales',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(4_000)
  searchUrl!: string;

  @ApiProperty({ description: 'How many people become leads at most', minimum: 1, maximum: 2_500 })
  @IsInt()
  @Min(1)
  @Max(2_500)
  maxLeads!: number;

  @ApiPropertyOptional({
    description:
      'Kept with each lead as why they were picked (S3-14); without it, the words searched for',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name: string = '';

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Make leads of them at the end, without anybody looking at the verdicts first',
  })
  @IsOptional()
  @IsBoolean()
  commit: boolean = false;
}

export class CancelSearchDto {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Keep whom it has found, to be looked at and committed',
  })
  @IsOptional()
  @IsBoolean()
  keepFound: boolean = false;
}
