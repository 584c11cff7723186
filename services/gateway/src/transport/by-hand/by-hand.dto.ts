import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { LeadControlDto } from '../leads/lead.dto.js';
import { PageQuery } from '../http/paging.js';

export class DraftsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Without it: of the whole workspace' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  campaignId: string = '';

  @ApiPropertyOptional({ description: 'Of the action; without it: what waits for a person' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  status: string = '';
}

export class WordsDto {
  @ApiPropertyOptional({ description: 'Without it: as it is' })
  @IsOptional()
  @IsString()
  @MaxLength(8_000)
  text?: string;

  @ApiPropertyOptional({ description: 'Of an InMail' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  subject?: string;
}

export class ReasonDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason: string = '';
}

export class DecideDraftsDto extends ReasonDto {
  @ApiProperty({ enum: ['approve', 'skip'] })
  @IsIn(['approve', 'skip'])
  decision!: string;

  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  actionIds!: string[];
}

export class CorrectReplyDto extends LeadControlDto {
  @ApiPropertyOptional({ description: 'Without it: every message that counts as a reply' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  messageId: string = '';
}
