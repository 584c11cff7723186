import { DomainError } from '@overture/kernel';
import { damageIn } from './clean.js';
import type { MappedColumn } from './columns.js';
import { Decoder, type Encoding } from './decode.js';
import { sniffDialect, type Dialect } from './dialect.js';
import { findHeader, type Header } from './header.js';
import { badCell, readLead, type RowProblem } from './lead.js';
import { defaultLimits, type ImportLimits } from './limits.js';
import { RecordReader, type RawRecord, type RecordProblem } from './records.js';
import { RowBatch, type BatchOptions, type LeadRow } from './row-batch.js';
import { textBlocks, type TextBlock } from './text-blocks.js';

export interface ReadOptions extends BatchOptions {
  /** Column header → field, where the caller knows better than the synonym table. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly limits?: Partial<ImportLimits>;
}

// A file in which so many quotes go astray is not CSV, and following each of them would be costly.
const strayQuotesMax = 1_000;

/** A file of leads whose header has been understood; its rows are read as they are asked for. */
export class LeadFile {
  readonly dialect: Dialect;
  readonly columns: readonly MappedColumn[];
  readonly headerLine: number;
  private readonly limits: ImportLimits;
  private readonly header: Header;
  private readonly headerText: string;
  private readonly records: RecordReader;
  private readonly firstRecords: Generator<RawRecord>;
  private rowsRead = 0;
  private strayQuotes = 0;
  private mayBeDamaged: boolean;

  private constructor(
    first: TextBlock,
    private readonly blocks: AsyncGenerator<TextBlock, void>,
    private readonly decoder: Decoder,
    private readonly options: ReadOptions,
  ) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.dialect = sniffDialect(first.text);
    this.mayBeDamaged = damageIn(first.text) !== undefined;
    this.records = new RecordReader(this.dialect, this.limits);
    this.firstRecords = this.records.read(first.text, first.last);
    this.header = findHeader(this.firstRecords, options.mapping ?? {}, this.limits);
    this.headerText = this.header.cells.join('\n');
    this.columns = this.header.mapping.columns;
    this.headerLine = this.header.line;
  }

  /** Reads as far as the header; refuses what is no CSV file or lacks a required column. */
  static async open(
    bytes: AsyncIterable<Uint8Array>,
    options: ReadOptions = {},
  ): Promise<LeadFile> {
    const decoder = new Decoder();
    const bytesMax = options.limits?.bytesMax ?? defaultLimits.bytesMax;
    const blocks = textBlocks(bytes, decoder, bytesMax);
    try {
      const first = (await blocks.next()).value ?? { text: '', last: true };
      return new LeadFile(first, blocks, decoder, options);
    } catch (error) {
      await blocks.return();
      throw error;
    }
  }

  /** Known for certain once every row has been read: until then a file of plain ASCII may still turn out as any. */
  get encoding(): Encoding {
    return this.decoder.encoding;
  }

  /** Every row below the header that is not blank, in order; can be read once. */
  async *batches(): AsyncGenerator<readonly LeadRow[], void> {
    let batch = new RowBatch(this.options);
    for await (const records of this.recordBlocks()) {
      for (const record of records) {
        const row = this.rowOf(record);
        if (row === undefined || batch.take(row, record.fields)) continue;
        yield batch.rows;
        batch = new RowBatch(this.options);
        batch.take(row, record.fields);
      }
    }
    if (batch.rows.length > 0) yield batch.rows;
  }

  private async *recordBlocks(): AsyncGenerator<Iterable<RawRecord>, void> {
    try {
      yield this.firstRecords;
      for await (const { text, last } of this.blocks) {
        // Looked for once per block: nearly every file is whole, and looking into every cell costs a tenth.
        this.mayBeDamaged ||= damageIn(text) !== undefined;
        yield this.records.read(text, last);
      }
    } finally {
      await this.blocks.return();
    }
  }

  private rowOf({ line, fields, problem }: RawRecord): LeadRow | undefined {
    if (problem !== undefined) return { row: line, problem: this.damaged(problem) };
    if (fields.every((cell) => cell === '' || cell.trim() === '')) return undefined;
    this.rowsRead++;
    if (this.rowsRead > this.limits.rowsMax) throw tooManyRows(this.limits.rowsMax);
    if (this.repeatsHeader(fields)) {
      const message = 'This row repeats the header.';
      return { row: line, problem: { code: 'row/repeats-header', message } };
    }
    return this.understand(line, fields);
  }

  private understand(row: number, fields: readonly string[]): LeadRow {
    const { columnsMax, fieldLengthMax } = this.limits;
    if (fields.length > columnsMax) {
      const message = `Expected at most ${columnsMax} cells, found ${fields.length}.`;
      return { row, problem: { code: 'row/too-long', message } };
    }
    const cellLimits = { fieldLengthMax, mayBeDamaged: this.mayBeDamaged };
    const problem = badCell(fields, this.header.mapping, cellLimits);
    if (problem !== undefined) return { row, problem };
    return { row, ...readLead(fields, this.header.mapping) };
  }

  private repeatsHeader(fields: readonly string[]): boolean {
    return fields[0] === this.header.cells[0] && fields.join('\n') === this.headerText;
  }

  private damaged(problem: RecordProblem): RowProblem {
    if (problem === 'row-too-long') {
      const message = `The row is longer than ${this.limits.rowLengthMax} characters.`;
      return { code: 'row/too-long', message };
    }
    this.strayQuotes++;
    if (this.strayQuotes > strayQuotesMax) throw notCsv();
    return { code: 'row/damaged', message: 'A quote opened in this row is never closed.' };
  }
}

function tooManyRows(rowsMax: number): DomainError {
  const message = `The file has more than ${rowsMax} rows. Send it in parts.`;
  return new DomainError('import/too-many-rows', message, { rowsMax });
}

function notCsv(): DomainError {
  const message = `More than ${strayQuotesMax} rows have a quote that is never closed.`;
  return new DomainError('import/not-csv', message);
}
