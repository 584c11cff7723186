import { ApiPropertyOptional } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsTextMap } from '../http/text-map.js';

/** A text that may be changed; what is absent stays as it is. */
function Text(): PropertyDecorator {
  const api = ApiPropertyOptional({ type: String });
  return applyDecorators(api, IsOptional(), IsString(), MaxLength(4_000));
}

/** Checked for shape only; what a lead may hold is the campaign service's to say, field by field. */
export class UpdateLeadDto {
  @Text()
  firstName?: string;

  @Text()
  lastName?: string;

  @Text()
  linkedinUrl?: string;

  @Text()
  companyName?: string;

  @Text()
  companyWebsite?: string;

  @Text()
  title?: string;

  @Text()
  email?: string;

  @Text()
  timeZone?: string;

  @Text()
  pickedSource?: string;

  @Text()
  pickedBecause?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    description: 'Set or replaced by name; null removes; the others stay',
  })
  @IsOptional()
  @IsTextMap({ nullable: true })
  customFields?: Record<string, string | null>;
}

export class SeparateLeadDto {
  @ApiPropertyOptional({ description: 'Why they are two' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason: string = '';
}
