import { recognizedFields } from './columns.js';

/** How the file writes its table. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly newline: '\n' | '\r';
}

export type Delimiter = ',' | ';' | '\t' | '|';

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
const linesLookedAt = 30;

/**
 * The delimiter that makes most sense of one of the first lines as a header; if none is understood, the one that
 * occurs most. Counting alone would fall for the commas in LinkedIn's notes above its header.
 */
export function sniffDialect(sample: string): Dialect {
  const newline = !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';
  const lines = sample.split(newline, linesLookedAt);
  const declared = /^sep=([,;\t|])\r?$/i.exec(lines[0] ?? '')?.[1];
  if (declared !== undefined) return { delimiter: declared as Delimiter, newline };
  return { delimiter: bestDelimiter(lines), newline };
}

function bestDelimiter(lines: readonly string[]): Delimiter {
  const scored = delimiters.map((delimiter) => {
    const cells = lines.map((line) => splitHeader(line, delimiter));
    return {
      delimiter,
      fields: Math.max(0, ...cells.map((names) => recognizedFields(names))),
      cells: cells.reduce((sum, names) => sum + names.length - 1, 0),
    };
  });
  scored.sort((a, b) => b.fields - a.fields || b.cells - a.cells);
  return scored[0]?.delimiter ?? ',';
}

function splitHeader(line: string, delimiter: Delimiter): string[] {
  return line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/s, '$1'));
}
