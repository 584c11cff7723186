import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsRFC3339,
  IsString,
  Length,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../http/paging.js';
import { IsTextMap } from '../http/text-map.js';

const text = (): PropertyDecorator => ApiPropertyOptional({ type: String });

/** Checked for shape only: whether it is a lead is the verdict of each item, not of the whole call (F116). */
export class NewLeadDto {
  @ApiProperty()
  @IsString()
  @MaxLength(400)
  firstName!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(400)
  lastName!: string;

  @ApiProperty({ example: 'https://www.linkedin.com/in/ada-vale' })
  @IsString()
  @MaxLength(4_000)
  linkedinUrl!: string;

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  companyName: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  title: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(400)
  email: string = '';

  @ApiPropertyOptional({ description: 'IANA; without it the zone of the schedule counts' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  timeZone: string = '';

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsTextMap()
  customFields: Record<string, string> = {};

  @ApiPropertyOptional({ description: 'Why this person (S3-14)' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  pickedBecause: string = '';

  @ApiPropertyOptional({ description: 'Where they were found: a search, a list, a post (S3-14)' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  pickedSource: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  companyWebsite: string = '';
}

export class AddLeadsDto {
  @ApiProperty({ type: [NewLeadDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => NewLeadDto)
  leads!: NewLeadDto[];
}

/** Whom a list of leads holds. */
export class LeadFilter {
  @text()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  campaignId: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(50)
  status: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  identityId: string = '';

  @ApiPropertyOptional({ type: Boolean, description: 'Only who accepted an invitation (S2-57)' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  )
  @IsBoolean()
  accepted: boolean = false;

  @ApiPropertyOptional({ description: 'Only those with this tag (F048)' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  tag: string = '';

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only those of whom something was recorded at this instant or later',
  })
  @ValidateIf((_, since) => since !== '')
  @IsRFC3339()
  changedSince: string = '';
}

export class LeadsQuery extends IntersectionType(LeadFilter, PageQuery) {}

export class LeadControlDto {
  @ApiPropertyOptional({ description: 'Without it: every enrollment of the lead' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  enrollmentId: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason: string = '';
}

export class SkipStepDto extends LeadControlDto {
  @ApiProperty({
    description: 'The step the lead stands at, `stepId` of its enrollment; it is left out once',
  })
  @IsString()
  @Length(1, 200)
  stepId!: string;
}

export class ActionsQuery extends PageQuery {
  @text()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  campaignId: string = '';

  @text()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  identityId: string = '';

  @ApiPropertyOptional({ description: 'A status, or a queue status of S2-26' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  status: string = '';
}
