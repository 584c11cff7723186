import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { MessageTemplatesDto } from './message-templates.dto.js';
import { ScheduleDto } from './schedule.dto.js';
import { SequenceDto } from './sequence.dto.js';
import { CampaignSettingsDto } from './settings.dto.js';

const campaignTypes = ['connector', 'messenger'] as const;

export class CreateCampaignDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiProperty({ enum: campaignTypes })
  @IsIn(campaignTypes)
  type!: (typeof campaignTypes)[number];

  @ApiProperty({ type: [String], description: 'The LinkedIn accounts that send' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  identityIds!: string[];

  @ApiPropertyOptional({ description: 'Either this or messageTemplates' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SequenceDto)
  sequence?: SequenceDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => MessageTemplatesDto)
  messageTemplates?: MessageTemplatesDto;

  @ApiPropertyOptional({ description: 'Without it: Monday to Friday, 09:00 to 17:00, Etc/UTC' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ScheduleDto)
  schedule?: ScheduleDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => CampaignSettingsDto)
  settings?: CampaignSettingsDto;
}

export class UpdateCampaignDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => SequenceDto)
  sequence?: SequenceDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => ScheduleDto)
  schedule?: ScheduleDto;

  @ApiPropertyOptional()
  @IsOptional()
  @ValidateNested()
  @Type(() => CampaignSettingsDto)
  settings?: CampaignSettingsDto;
}

export class PauseDto {
  @ApiPropertyOptional({ description: 'Shown where it waits' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cause: string = 'by hand';
}
