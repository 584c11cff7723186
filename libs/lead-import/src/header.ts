import { InvalidInputError } from '@overture/kernel';
import { mapColumns, missingColumns, recognizedFields, type ColumnMapping } from './columns.js';
import type { ImportLimits } from './limits.js';
import type { RawRecord } from './records.js';

export interface Header {
  readonly line: number;
  readonly cells: readonly string[];
  readonly mapping: ColumnMapping;
}

/**
 * The first row that holds the required columns (S2-12); above it LinkedIn puts notes, others a title or blank
 * lines. Without one, the refusal names what the best candidate lacks.
 */
export function findHeader(
  records: Iterator<RawRecord>,
  wanted: Readonly<Record<string, string>>,
  limits: ImportLimits,
): Header {
  let best: Header | undefined;
  for (let seen = 0; seen < limits.preambleRowsMax; seen++) {
    const next = records.next();
    if (next.done === true) break;
    const header = asHeader(next.value, wanted, limits);
    if (header === undefined) continue;
    if (missingColumns(header.mapping).length === 0) return header;
    best = better(header, best);
  }
  throw refusal(best);
}

function asHeader(
  record: RawRecord,
  wanted: Readonly<Record<string, string>>,
  { columnsMax }: ImportLimits,
): Header | undefined {
  const { fields, line } = record;
  const empty = fields.every((cell) => cell.trim() === '');
  if (empty || fields.length > columnsMax) return undefined;
  return { line, cells: fields, mapping: mapColumns(fields, wanted) };
}

function better(header: Header, best: Header | undefined): Header {
  if (best === undefined) return header;
  return recognizedFields(header.cells) > recognizedFields(best.cells) ? header : best;
}

function refusal(best: Header | undefined): InvalidInputError {
  if (best === undefined) {
    return new InvalidInputError([{ path: '', message: 'The file holds no table.' }]);
  }
  const missing = missingColumns(best.mapping).join(', ');
  const found = best.cells.map((cell) => cell.trim().slice(0, 40)).join(', ');
  const message =
    `No header row with all required columns: ${missing} not found. ` +
    `Line ${best.line} reads: ${found.slice(0, 300)}. Rename the columns or send a mapping.`;
  return new InvalidInputError([{ path: '', message }]);
}
