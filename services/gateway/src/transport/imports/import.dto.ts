import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { RowVerdict } from '../../app/import-file.js';
import { PageQuery } from '../http/paging.js';

const verdicts = ['importable', 'imported', 'duplicate', 'rejected'] as const;

export class UploadForm {
  @ApiPropertyOptional({ description: 'Fields come before the file' })
  campaignId?: string;

  @ApiPropertyOptional({ description: 'JSON: column header → field' })
  mapping?: string;

  @ApiProperty({ type: 'string', format: 'binary' })
  file!: unknown;
}

export class ImportRowsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: verdicts })
  @IsOptional()
  @IsIn(verdicts)
  verdict: string = '';
}

export class ColumnView {
  @ApiProperty()
  header!: string;

  @ApiProperty({ description: 'A field of a lead, customFields.<key>, or ignore' })
  field!: string;
}

export class RowVerdictView {
  @ApiProperty({ description: 'Line in the file, as an editor shows it' })
  row!: number;

  @ApiProperty({ enum: verdicts })
  verdict!: string;

  @ApiPropertyOptional()
  reason?: string;

  @ApiPropertyOptional({ description: 'The row of the file that it repeats' })
  duplicateOfRow?: number;
}

export class ImportView {
  @ApiProperty({ $ref: '#/components/schemas/Import' } as object)
  import!: object;

  @ApiProperty({ enum: ['ascii', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] })
  encoding!: string;

  @ApiProperty()
  delimiter!: string;

  @ApiProperty()
  headerLine!: number;

  @ApiProperty({ type: [ColumnView] })
  columns!: ColumnView[];

  @ApiProperty({ type: [RowVerdictView], description: 'The first rows that are not importable' })
  problems!: RowVerdictView[];
}

export function verdictView({ row, verdict, reason, duplicateOfRow }: RowVerdict): RowVerdictView {
  return {
    row,
    verdict,
    ...(reason !== '' && { reason }),
    ...(duplicateOfRow > 0 && { duplicateOfRow }),
  };
}
