import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** No campaign is revised more often. */
export const versionMax = 1_000_000;

export class CloneDto {
  @ApiPropertyOptional({ description: 'Without it: the name of the other one, with "copy"' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name: string = '';

  @ApiPropertyOptional({ type: [String], description: 'Without it: those of the other one' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  identityIds: string[] = [];
}

export class MoveDto {
  @ApiProperty({ description: 'The version the leads follow now' })
  @IsInt()
  @Min(1)
  @Max(versionMax)
  fromVersion!: number;

  @ApiPropertyOptional({ description: 'Without it: the newest' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(versionMax)
  toVersion: number = 0;

  @ApiPropertyOptional({ type: [String], description: 'Without it: everybody on that version' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  leadIds: string[] = [];

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason: string = '';
}

export class UndoMoveDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  moveId!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason: string = '';
}
