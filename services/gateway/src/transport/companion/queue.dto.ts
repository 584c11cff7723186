import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const actions = ['connection_request', 'message', 'comment'] as const;
export const statuses = [
  'pending_review',
  'approved',
  'sent',
  'failed',
  'skipped',
  'expired',
] as const;
export type QueueStatus = (typeof statuses)[number];

export class QueueQuery {
  @ApiPropertyOptional({ enum: statuses, description: 'Without it: all' })
  @IsOptional()
  @IsIn(statuses)
  status?: QueueStatus;
}

export class NextQuery {
  @ApiPropertyOptional({ description: 'Jobs of this account only' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  identityId: string = '';
}

export class ApproveDto {
  @ApiPropertyOptional({ description: 'Other words; without it: as it is' })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  body?: string;
}

export class SkipDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason: string = '';
}

export class ResultDto {
  @ApiProperty()
  @IsBoolean()
  success!: boolean;

  @ApiPropertyOptional({ description: 'Where what was sent can be seen' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  resultUrl: string = '';

  @ApiPropertyOptional({ description: 'Cut to 500 characters' })
  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  errorMessage: string = '';

  @ApiPropertyOptional({ description: 'As handed out with the job' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  leaseId: string = '';
}

/** S3-11 to S3-17; what is not there has nothing to say. */
export class QueueRowView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  customerId!: string;

  @ApiProperty({ enum: actions })
  action!: string;

  @ApiProperty({ enum: statuses })
  status!: string;

  @ApiProperty()
  prospectUrl!: string;

  @ApiPropertyOptional()
  prospectName?: string;

  @ApiPropertyOptional()
  prospectCompany?: string;

  @ApiPropertyOptional()
  prospectRole?: string;

  @ApiProperty()
  body!: string;

  @ApiProperty()
  dayOffset!: number;

  @ApiPropertyOptional({ description: 'Where this person was picked: `pickedSource` of the lead' })
  intentSource?: string;

  @ApiPropertyOptional({ description: 'Why this person was picked: `pickedBecause` of the lead' })
  intentReason?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  approvedAt?: string;

  @ApiPropertyOptional()
  approvedByUserId?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  sentAt?: string;

  @ApiPropertyOptional()
  resultUrl?: string;

  @ApiPropertyOptional()
  errorMessage?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  lockedUntil?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  expiresAt?: string;
}

/** What the browser gets to do. */
export class JobView extends QueueRowView {
  @ApiProperty({ description: 'From 2 on: look for an effect before acting' })
  attempt!: number;

  @ApiProperty()
  leaseId!: string;
}

export class CounterView {
  @ApiProperty({ enum: actions })
  action!: string;

  @ApiProperty({ description: 'In the rolling 24 hours' })
  used!: number;

  @ApiProperty()
  cap!: number;
}

export class QueueView {
  @ApiProperty({ type: [QueueRowView] })
  queue!: QueueRowView[];

  @ApiProperty({ type: [CounterView] })
  counters!: CounterView[];
}
