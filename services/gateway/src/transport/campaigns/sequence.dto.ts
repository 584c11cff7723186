import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { actionKinds } from '@overture/policy';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const stepKinds = [...actionKinds, 'task', 'wait', 'branch'] as const;
const conditions = ['accepted_within', 'replied_before', 'field'] as const;
const delayMsMax = 365 * 86_400_000;
const textLengthMax = 8_000;

export class VariantDto {
  @ApiProperty({ example: 'a' })
  @IsString()
  @MaxLength(40)
  id!: string;

  @ApiPropertyOptional({ description: 'Empty: an invitation without a note', default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(textLengthMax)
  text: string = '';

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  subject?: string;

  @ApiPropertyOptional({ description: 'Its share against the others', default: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  weight?: number;
}

export class BranchDto {
  @ApiProperty({ enum: conditions })
  @IsIn(conditions)
  when!: (typeof conditions)[number];

  @ApiPropertyOptional({ description: 'accepted_within: how long it waits before the no-path' })
  @IsOptional()
  @IsInt()
  days?: number;

  @ApiPropertyOptional({ description: 'field: title, company_name, custom.seats, …' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  field?: string;

  @ApiPropertyOptional({ enum: ['present', 'equals', 'contains'] })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  op?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(500)
  value?: string;

  @ApiProperty({ description: 'A step id, or `end`' })
  @IsString()
  @MaxLength(40)
  yes!: string;

  @ApiProperty({ description: 'A step id, or `end`; a branch without it is refused (P10)' })
  @IsString()
  @MaxLength(40)
  no!: string;
}

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
    description: 'Note of a connect, text of a message, comment, InMail or task; {first_name} …',
  })
  @IsOptional()
  @IsString()
  @MaxLength(textLengthMax)
  text: string = '';

  @ApiPropertyOptional({
    description: 'Stays the same from version to version; s1, s2, … if absent',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  id?: string;

  @ApiPropertyOptional({ description: 'The step that follows, or `end`; the one below if absent' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  next?: string;

  @ApiPropertyOptional({ description: 'Of an InMail (F009)' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  subject?: string;

  @ApiPropertyOptional({ description: 'Of a comment: the post (F007)' })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  postUrl?: string;

  @ApiPropertyOptional({ description: 'A person approves each text before it goes (F069)' })
  @IsOptional()
  @IsBoolean()
  review?: boolean;

  @ApiPropertyOptional({ description: 'A note of up to 300 characters (S3-10)' })
  @IsOptional()
  @IsBoolean()
  longNote?: boolean;

  @ApiPropertyOptional({ type: [VariantDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => VariantDto)
  variants?: VariantDto[];

  @ApiPropertyOptional({ description: 'Only of a branch' })
  @IsOptional()
  @ValidateNested()
  @Type(() => BranchDto)
  branch?: BranchDto;
}

export class SequenceDto {
  @ApiPropertyOptional({ description: 'As answered: the service counts versions, not the caller' })
  @IsOptional()
  @IsInt()
  version?: number;

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

  @ApiPropertyOptional({ enum: ['message', 'park', 'ignore'], default: 'ignore' })
  @IsOptional()
  @IsIn(['message', 'park', 'ignore'])
  lateAcceptance?: string;

  @ApiPropertyOptional({ enum: ['expire', 'withdraw'], default: 'expire' })
  @IsOptional()
  @IsIn(['expire', 'withdraw'])
  whenNotAccepted?: string;

  @ApiPropertyOptional({ description: 'A person approves every text of the sequence (F069)' })
  @IsOptional()
  @IsBoolean()
  review?: boolean;
}
