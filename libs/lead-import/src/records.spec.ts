import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { RecordReader, type RawRecord } from './records.js';

const limits = { rowLengthMax: 32_000 };
const options = { seed: 20_261_121 };
const cell = fc.string({
  unit: fc.constantFrom('a', 'Ü', '😀', ' ', ',', ';', '"', '\n', '\r\n', "'", '\t', '='),
  maxLength: 8,
});
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 6,
});

describe('Records', () => {
  it('are those that were written, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';'),
        fc.infiniteStream(fc.nat(7)),
        (rows, by, cuts) => {
          const written = rows.map((cells) => cells.map(quoted).join(by)).join('\r\n') + '\r\n';
          const records = readInPieces(written, by as ',', cuts);
          expect(records.map(({ fields }) => fields)).toEqual(rows);
          expect(records.map(({ line }) => line)).toEqual(startLines(rows));
        },
      ),
      options,
    );
  });

  it('are those of csv-parse for any text whose quotes are balanced', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '-'), maxLength: 5 });
    const mixed = fc.array(fc.array(fc.oneof(plain, plain.map(quoted)), { minLength: 2 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(mixed, (rows) => {
        const written = rows.map((cells) => cells.join(',')).join('\n');
        const relaxed = { relax_column_count: true, record_delimiter: ['\r\n', '\n'] };
        const reader = new RecordReader({ delimiter: ',', newline: '\n' }, limits);
        const records = [...reader.read(written, true)];
        expect(records.map(({ fields }) => fields)).toEqual(parse(written, relaxed));
      }),
      options,
    );
  });

  it('come out of any text at all without an error, each line accounted for', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }), (text) => {
        const reader = new RecordReader({ delimiter: ',', newline: '\n' }, limits);
        const lines = [...reader.read(text, true)].map(({ line }) => line);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
        expect(new Set(lines).size).toBe(lines.length);
      }),
      options,
    );
  });
});

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function startLines(rows: readonly (readonly string[])[]): number[] {
  let line = 1;
  return rows.map((cells) => {
    const start = line;
    line += cells.join('').split('\n').length;
    return start;
  });
}

function readInPieces(text: string, delimiter: ',', cuts: Iterator<number>): RawRecord[] {
  const reader = new RecordReader({ delimiter, newline: '\n' }, limits);
  const records: RawRecord[] = [];
  let at = 0;
  while (at < text.length) {
    const end = at + 1 + (cuts.next().value as number);
    records.push(...reader.read(text.slice(at, end), end >= text.length));
    at = end;
  }
  return records;
}
