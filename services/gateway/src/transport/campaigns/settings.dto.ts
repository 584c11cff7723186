import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

class CompanyCapDto {
  @ApiProperty({ minimum: 1, maximum: 1_000, example: 2 })
  @IsInt()
  @Min(1)
  @Max(1_000)
  people!: number;

  @ApiProperty({ minimum: 1, maximum: 365, example: 7 })
  @IsInt()
  @Min(1)
  @Max(365)
  days!: number;
}

export class CompanySettingsDto {
  @ApiPropertyOptional({
    type: CompanyCapDto,
    description:
      'At most so many people of one company are first contacted in so many days, by all campaigns together (F034)',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => CompanyCapDto)
  cap?: CompanyCapDto;

  @ApiPropertyOptional({
    default: false,
    description:
      'Once somebody of a company has answered, nobody else of it hears from the campaign',
  })
  @IsOptional()
  @IsBoolean()
  stopColleaguesOnReply: boolean = false;
}

export class CampaignSettingsDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'At most so many of a kind in 24 hours, for each identity (F025)',
    example: { connect: 10 },
  })
  @IsOptional()
  @IsObject()
  dailyCaps: Record<string, number> = {};

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: "The same on one day of the identity's own calendar, on top of the 24 hours",
    example: { connect: 8 },
  })
  @IsOptional()
  @IsObject()
  calendarDayCaps: Record<string, number> = {};

  @ApiPropertyOptional({ enum: ['follow_ups', 'new_leads'], default: 'follow_ups' })
  @IsOptional()
  @IsIn(['follow_ups', 'new_leads'])
  first: string = 'follow_ups';

  @ApiPropertyOptional({
    enum: ['send_without', 'wait'],
    default: 'send_without',
    description: "What an invitation does once the month's notes are used up (F027)",
  })
  @IsOptional()
  @IsIn(['send_without', 'wait'])
  whenNotesUsedUp: string = 'send_without';

  @ApiPropertyOptional({ type: CompanySettingsDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => CompanySettingsDto)
  company?: CompanySettingsDto;
}
