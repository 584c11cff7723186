/** What one file may ask of us. All that queues or repeats has a bound. */
export interface ImportLimits {
  readonly bytesMax: number;
  readonly rowsMax: number;
  readonly columnsMax: number;
  /** Characters of one cell. */
  readonly fieldLengthMax: number;
  /** Characters of one row; also how far a quoted field is followed in search of its closing quote. */
  readonly rowLengthMax: number;
  /** Rows before the header: notes, blank lines, a title. */
  readonly preambleRowsMax: number;
}

export const defaultLimits: ImportLimits = {
  bytesMax: 512 * 1024 * 1024,
  rowsMax: 1_000_000,
  columnsMax: 200,
  fieldLengthMax: 4_000,
  rowLengthMax: 32_000,
  preambleRowsMax: 30,
};
