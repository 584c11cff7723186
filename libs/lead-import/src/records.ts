import { RecordCursor } from './record-cursor.js';
import type { Dialect } from './dialect.js';
import type { ImportLimits } from './limits.js';

/** One row of the file, not yet understood. `line` is where it begins, as an editor counts. */
export interface RawRecord {
  readonly line: number;
  readonly fields: readonly string[];
  readonly problem?: RecordProblem;
}

export type RecordProblem = 'quote-not-closed' | 'row-too-long';

/**
 * Text to records (RFC 4180, forgiving). Written by hand because a damaged row must not cost the good ones: after a
 * quote that is never closed, reading goes on at the next line. csv-parse fails the whole file there, counts a CRLF
 * within quotes as two lines, and takes six times as long; it is the oracle of the property tests.
 */
export class RecordReader {
  private pending = '';
  private line = 1;
  private skipping = false;

  constructor(
    private readonly dialect: Dialect,
    private readonly limits: Pick<ImportLimits, 'rowLengthMax'>,
  ) {}

  /** The complete records in what has come so far. With `last`, the rest is complete too. */
  *read(text: string, last: boolean): Generator<RawRecord> {
    const all = this.pending + text;
    let at = this.skipping ? this.skipLine(all, 0) : 0;
    while (at < all.length) {
      const cursor = new RecordCursor({ text: all, at, dialect: this.dialect, last });
      const read = cursor.read();
      const tooLong = cursor.at - at > this.limits.rowLengthMax;
      if (read === 'incomplete' && !last && !tooLong) break;
      if (typeof read === 'string' || tooLong) {
        yield { line: this.line, fields: [], problem: problemOf(cursor) };
        at = this.skipLine(all, at);
      } else {
        yield { line: this.line, fields: read };
        at = cursor.at;
        this.line += cursor.lines;
      }
    }
    this.pending = all.slice(at);
  }

  private skipLine(all: string, from: number): number {
    const end = all.indexOf(this.dialect.newline, from);
    this.skipping = end === -1;
    if (end === -1) return all.length;
    this.line++;
    return end + 1;
  }
}

// A row that runs over several lines and never ends well: its quote was not meant to open one.
function problemOf(cursor: RecordCursor): RecordProblem {
  return cursor.inQuotes || cursor.lines > 1 ? 'quote-not-closed' : 'row-too-long';
}
