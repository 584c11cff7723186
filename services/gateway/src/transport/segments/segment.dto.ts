import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';

const strings = (max: number, description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], description }),
    IsOptional(),
    IsArray(),
    ArrayMaxSize(max),
    IsString({ each: true }),
    MaxLength(200, { each: true }),
  );

export class TagLeadsDto {
  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  leadIds!: string[];

  @strings(20, 'Tags to set; capitals make no other tag')
  set: string[] = [];

  @strings(20, 'Tags to take off')
  unset: string[] = [];
}

/** Every part that is there must hold; of a list any entry will do, but every tag must be there. */
export class SegmentFilterDto {
  @strings(50, 'All of these tags')
  tags: string[] = [];

  @strings(50, 'None of these tags')
  withoutTags: string[] = [];

  @strings(50, 'One of these companies, in any spelling')
  companies: string[] = [];

  @strings(50, 'Roles: all words of one of these are in the title (S2-55)')
  titles: string[] = [];

  @strings(50, 'One of these industries, as the custom field industry says (S2-55)')
  industries: string[] = [];

  @strings(50, 'One of these IANA time zones')
  timeZones: string[] = [];

  @strings(50, 'In one of these campaigns')
  campaignIds: string[] = [];

  @strings(50, 'In none of these campaigns')
  withoutCampaignIds: string[] = [];

  @strings(50, 'With one of these statuses, in one of the campaigns if there are any')
  statuses: string[] = [];
}

export class CreateSegmentDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiProperty({ type: SegmentFilterDto })
  @ValidateNested()
  @Type(() => SegmentFilterDto)
  filter: SegmentFilterDto = new SegmentFilterDto();
}

/** What is absent stays as it is. */
export class UpdateSegmentDto {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ type: SegmentFilterDto, description: 'Replaces the whole filter' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SegmentFilterDto)
  filter?: SegmentFilterDto;
}

class SegmentNameDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  segmentId!: string;
}

class ContinuationDto {
  @ApiPropertyOptional({
    description: 'nextCursor of the answer before; without it from the start',
  })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  cursor: string = '';
}

export class AddSegmentDto extends IntersectionType(SegmentNameDto, ContinuationDto) {}
