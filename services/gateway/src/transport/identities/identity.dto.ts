import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsTimeZone,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ScheduleDto } from '../campaigns/schedule.dto.js';

const providers = ['edges', 'companion'] as const;
const ramps = ['warm_up', 'recovery'] as const;
const tiers = ['classic', 'premium', 'sales_navigator'] as const;

export class AddIdentityDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ enum: providers, default: 'edges' })
  @IsOptional()
  @IsIn(providers)
  provider: string = 'edges';

  @ApiPropertyOptional({ description: "The provider's id of the account" })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  accountRef: string = '';

  @ApiProperty({ example: 'Europe/Lisbon' })
  @IsTimeZone()
  timeZone!: string;

  @ApiPropertyOptional({ enum: tiers, default: 'classic' })
  @IsOptional()
  @IsIn(tiers)
  tier: string = 'classic';
}

export class IdentityPolicyDto {
  @ApiPropertyOptional({
    default: 'conservative',
    description: 'A limit profile (`GET /v1/limits`)',
  })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  profile: string = 'conservative';

  @ApiPropertyOptional({ enum: tiers, description: 'Without it: as before' })
  @IsOptional()
  @IsIn(tiers)
  tier?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'First day of the ramp' })
  @IsOptional()
  @IsISO8601({ strict: true })
  rampStartedAt?: string;

  @ApiPropertyOptional({
    enum: ramps,
    default: 'warm_up',
    description: 'How its caps grow from then on: a new account, or one that was restricted (F026)',
  })
  @IsOptional()
  @IsIn(ramps)
  ramp?: string;

  @ApiPropertyOptional({ description: 'Its own working hours, in its zone' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ScheduleDto)
  hours?: ScheduleDto;

  @ApiPropertyOptional({ example: 'PT', description: 'Whose public holidays it keeps' })
  @IsOptional()
  @Matches(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, { message: 'Expected a region such as PT or DE-BY' })
  holidayRegion?: string;

  @ApiPropertyOptional({ default: false, description: 'Needed to let it do more than before' })
  @IsOptional()
  @IsBoolean()
  acknowledgeRisk: boolean = false;
}
