import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsTimeZone,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const wallTime = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

export class LocalWindowDto {
  @ApiProperty({ type: [Number], description: 'ISO weekdays, 1 is Monday' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays!: number[];

  @ApiProperty({ example: '09:00' })
  @Matches(wallTime, { message: 'from must be a wall time, HH:MM' })
  from!: string;

  @ApiProperty({ example: '17:00', description: 'Before `from`: the window crosses midnight' })
  @Matches(wallTime, { message: 'until must be a wall time, HH:MM' })
  until!: string;
}

export class ScheduleDto {
  @ApiProperty({ type: [LocalWindowDto], description: 'In the zone of the lead (S2-36)' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => LocalWindowDto)
  windows!: LocalWindowDto[];

  @ApiPropertyOptional({ example: 'Europe/Lisbon', description: 'For leads of unknown zone' })
  @IsOptional()
  @IsTimeZone()
  fallbackZone: string = 'Etc/UTC';

  @ApiPropertyOptional({ type: [String], description: 'Local dates without sending (S2-37)' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true, message: 'each day off must be YYYY-MM-DD' })
  daysOff: string[] = [];

  @ApiPropertyOptional({
    enum: ['skip', 'work'],
    default: 'skip',
    description: 'Public holidays of the region of the lead (S2-37)',
  })
  @IsOptional()
  @IsIn(['skip', 'work'])
  holidays: string = 'skip';
}
