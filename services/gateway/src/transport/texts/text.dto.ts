import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageQuery } from '../http/paging.js';
import { versionMax } from '../sequences/move.dto.js';

const templateKinds = ['connect', 'message', 'inmail', 'comment'] as const;
const textLengthMax = 8_000;
const subjectLengthMax = 1_000;

export class PreviewDto {
  @ApiProperty({ description: 'Any lead of the workspace' })
  @IsString()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:~-]{0,199}$/, { message: 'leadId must be the id of a lead' })
  leadId!: string;

  @ApiPropertyOptional({
    description: 'Show this variant wherever a step has it; without it: the one this lead gets',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  variant: string = '';
}

export class MissingFieldsQuery extends PageQuery {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: versionMax,
    description:
      'Whom a move to this version would leave where they stand; without it: of the version each lead follows',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(versionMax)
  version: number = 0;
}

export class CreateTemplateDto {
  @ApiProperty({ description: 'Unique in the workspace, whatever its capitals' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiProperty({ enum: templateKinds })
  @IsIn(templateKinds)
  kind!: (typeof templateKinds)[number];

  @ApiPropertyOptional({ description: 'Of an InMail' })
  @IsOptional()
  @IsString()
  @MaxLength(subjectLengthMax)
  subject: string = '';

  @ApiProperty({ example: 'Hi {first_name|there}{if company_name}, how is {company_name}{end}?' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(textLengthMax)
  text!: string;
}

export class UpdateTemplateDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(subjectLengthMax)
  subject?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(textLengthMax)
  text?: string;
}

export class TemplatesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: templateKinds })
  @IsOptional()
  @IsIn(templateKinds)
  kind?: (typeof templateKinds)[number];
}
