/**
 * Deals the rows of a CSV file to two: both parts keep everything up to the header. Cuts between records only, so a
 * quoted line break stays whole; whatever is inside a record is the product's business, not the demo's.
 */
export function splitCsv(text: string): [string, string] {
  const records = recordsOf(text);
  const header = Math.max(0, records.findIndex(looksLikeHeader));
  const top = records.slice(0, header + 1);
  const rows = records.slice(header + 1);
  const part = (rest: number): string =>
    [...top, ...rows.filter((_, index) => index % 2 === rest)].join('');
  return [part(0), part(1)];
}

/** UTF-8 or UTF-16, by the byte order mark. */
export function decodeText(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (first === 0xfe && second === 0xff)
    return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function recordsOf(text: string): string[] {
  const records: string[] = [];
  let record = '';
  for (const line of (text.endsWith('\n') ? text : `${text}\n`).split(/(?<=\n)/)) {
    record += line;
    const quotes = record.split('"').length - 1;
    if (quotes % 2 === 1) continue;
    records.push(record);
    record = '';
  }
  // A quote that never closes: the rest is one record.
  return record === '' ? records : [...records, record];
}

function looksLikeHeader(record: string): boolean {
  return /(^|[,;\t"])\s*"?(profile ?url|linkedin[ _]?(profile[ _]?)?url|url|linkedin|first[ _]?name)"?\s*([,;\t"\r\n]|$)/i.test(
    record,
  );
}
