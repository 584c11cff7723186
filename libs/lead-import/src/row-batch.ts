import type { LeadOrProblem } from './lead.js';

/** One row of the file; `row` is the line on which it begins, as an editor shows it. */
export type LeadRow = { readonly row: number } & LeadOrProblem;

export interface BatchOptions {
  readonly batchRowsMax?: number;
  /** Characters, so that a batch fits into one message whatever its rows hold. */
  readonly batchLengthMax?: number;
}

// What a row takes in a message beside its cells: names of fields, punctuation.
const rowOverhead = 200;

/** Rows that travel together. */
export class RowBatch {
  readonly rows: LeadRow[] = [];
  private readonly rowsMax: number;
  private readonly lengthMax: number;
  private length = 0;

  constructor({ batchRowsMax = 500, batchLengthMax = 256 * 1024 }: BatchOptions) {
    this.rowsMax = batchRowsMax;
    this.lengthMax = batchLengthMax;
  }

  /** False when the row does not fit any more; an empty batch takes any row. */
  take(row: LeadRow, cells: readonly string[]): boolean {
    let length = this.length + rowOverhead;
    for (const cell of cells) length += cell.length;
    const full = this.rows.length >= this.rowsMax || length > this.lengthMax;
    if (full && this.rows.length > 0) return false;
    this.rows.push(row);
    this.length = length;
    return true;
  }
}
