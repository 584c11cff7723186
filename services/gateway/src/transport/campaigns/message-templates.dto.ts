import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** The texts of a campaign as the messenger guide writes them (S2-06, S2-07, S2-08). */
export class MessageTemplatesDto {
  @ApiProperty({ description: 'Note of a connector; FIRST message of a messenger (S2-06)' })
  @IsString()
  @MaxLength(8_000)
  connection_request!: string;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(8_000, { each: true })
  follow_up_messages: string[] = [];

  @ApiPropertyOptional({ type: [Number], description: 'Days before each follow-up' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsNumber({}, { each: true })
  @Min(0, { each: true })
  @Max(365, { each: true })
  follow_up_delays: number[] = [];
}
