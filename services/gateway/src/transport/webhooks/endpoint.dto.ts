import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUrl,
  MaxLength,
} from 'class-validator';
import { PageQuery } from '../http/paging.js';
import { IsTextMap } from '../http/text-map.js';

const orders = ['lead', 'none'] as const;

export class EndpointDto {
  @ApiProperty({ example: 'https://partner.example/hooks/overture' })
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['https', 'http'] })
  @MaxLength(2_000)
  url!: string;

  @ApiPropertyOptional({ type: [String], description: 'Without it: all types' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  eventTypes: string[] = [];

  @ApiPropertyOptional({ type: [String], description: 'Without it: all campaigns' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  campaignIds: string[] = [];

  @ApiPropertyOptional({ enum: orders, default: 'lead' })
  @IsOptional()
  @IsIn(orders)
  order: string = 'lead';

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsTextMap()
  headers: Record<string, string> = {};

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(400)
  description: string = '';
}

export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['pending', 'delivered', 'failed'] })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  status: string = '';
}

export class ReplayDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'Everything since then' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since: string = '';

  @ApiPropertyOptional({ description: 'Just this event' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  eventId: string = '';
}

export class CreateHookDto {
  @ApiPropertyOptional({ enum: ['edges'], default: 'edges' })
  @IsOptional()
  @IsIn(['edges'])
  provider: string = 'edges';
}
