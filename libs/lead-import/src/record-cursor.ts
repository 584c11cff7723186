import type { Dialect } from './dialect.js';

interface CursorStart {
  readonly text: string;
  readonly at: number;
  readonly dialect: Dialect;
  /** Nothing comes after this text. */
  readonly last: boolean;
}

type Stop = 'incomplete' | 'damaged';

const quote = '"';

/** Reads one record. Afterwards `at` is where the next one begins and `lines` how many lines it took. */
export class RecordCursor {
  at: number;
  lines = 0;
  inQuotes = false;
  private readonly text: string;
  private readonly dialect: Dialect;
  private readonly last: boolean;

  constructor(start: CursorStart) {
    this.at = start.at;
    this.text = start.text;
    this.dialect = start.dialect;
    this.last = start.last;
  }

  read(): readonly string[] | Stop {
    const end = this.lineEnd();
    if (end === undefined) return this.stop('incomplete');
    const line = this.text.slice(this.at, end);
    if (line.includes(quote)) return this.fieldsWithQuotes();
    this.at = end + 1;
    this.lines = 1;
    return withoutReturn(line).split(this.dialect.delimiter);
  }

  private fieldsWithQuotes(): readonly string[] | Stop {
    const fields: string[] = [];
    for (;;) {
      const opening = this.text[this.at] === quote ? this.quotedPart() : { text: '' };
      if (typeof opening === 'string') return opening;
      const rest = this.plainPart();
      if (rest === undefined) return this.stop('incomplete');
      fields.push(opening.text + rest.text);
      if (rest.endsRecord) return fields;
    }
  }

  /** From an opening quote to its closing one; text after it (`"Growth" hacker`) makes both literal. */
  private quotedPart(): { text: string } | Stop {
    const open = this.at + 1;
    let from = open;
    for (;;) {
      const close = this.text.indexOf(quote, from);
      if (close === -1) return this.unclosed('incomplete');
      if (this.text[close + 1] !== quote) return this.closeQuote(open, close);
      from = close + 2;
    }
  }

  private closeQuote(open: number, close: number): { text: string } | Stop {
    const text = this.text.slice(open, close);
    const breaks = count(text, this.dialect.newline);
    const inner = text.includes(quote) ? text.replaceAll('""', quote) : text;
    const endsField = this.endsField(close + 1);
    // No writer produces this: the opening quote was a stray one, and what followed are rows of their own.
    if (!endsField && breaks > 0) return this.unclosed('damaged');
    this.at = close + 1;
    this.lines += breaks;
    return { text: endsField ? inner : quote + inner + quote };
  }

  private plainPart(): { text: string; endsRecord: boolean } | undefined {
    const from = this.at;
    const end = this.lineEnd();
    if (end === undefined) return undefined;
    const delimiter = this.text.indexOf(this.dialect.delimiter, from);
    if (delimiter !== -1 && delimiter < end) {
      this.at = delimiter + 1;
      return { text: this.text.slice(from, delimiter), endsRecord: false };
    }
    this.at = end + 1;
    this.lines++;
    return { text: withoutReturn(this.text.slice(from, end)), endsRecord: true };
  }

  private endsField(at: number): boolean {
    const next = this.text[at];
    if (next === undefined || next === this.dialect.delimiter) return true;
    return next === this.dialect.newline || next === '\r';
  }

  private lineEnd(): number | undefined {
    const end = this.text.indexOf(this.dialect.newline, this.at);
    if (end !== -1) return end;
    return this.last ? this.text.length : undefined;
  }

  private unclosed(stop: Stop): Stop {
    this.inQuotes = true;
    return this.stop(stop);
  }

  private stop(stop: Stop): Stop {
    if (stop === 'incomplete') this.at = this.text.length;
    return stop;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) found++;
  return found;
}
