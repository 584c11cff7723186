import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MessageTemplatesDto } from './message-templates.dto.js';
import { ScheduleDto } from './schedule.dto.js';

const stepKinds = ['visit', 'connect', 'message'] as const;
const campaignTypes = ['connector', 'messenger'] as const;
const delayMsMax = 365 * 86_400_000;

export class StepDto {
  @ApiProperty({ enum: stepKinds })
  @IsIn(stepKinds)
  kind!: (typeof stepKinds)[number];

  @ApiPropertyOptional({
    default: 0,
    description: 'After the step before; after the acceptance for the first message of a connector',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(delayMsMax)
  delayMs: number = 0;

  @ApiPropertyOptional({
    description: 'Note of a connect, text of a message; {first_name} and so on',
  })
  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  text: string = '';
}

export class SequenceDto {
  @ApiProperty({ type: [StepDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => StepDto)
  steps!: StepDto[];

  @ApiPropertyOptional({ description: 'How long an invitation may stay unanswered', default: 21 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  acceptWithinDays?: number;
}

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
}

export class PauseDto {
  @ApiPropertyOptional({ description: 'Shown where it waits' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cause: string = 'by hand';
}
