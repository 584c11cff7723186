import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional } from 'class-validator';

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
}
