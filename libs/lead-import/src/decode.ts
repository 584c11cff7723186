import { isAscii } from 'node:buffer';
import { DomainError } from '@overture/kernel';
import iconv from 'iconv-lite';

export type Encoding = 'ascii' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

interface TextDecoding {
  write(bytes: Buffer): string;
  end(): string | undefined;
}

// Enough to tell UTF-8 from windows-1252: a handful of accented letters.
const evidenceBytes = 4_096;
const sniffBytes = 512;

/**
 * Bytes of unknown encoding to text, in constant memory. Until the first byte beyond ASCII every candidate reads
 * the same, so the choice between UTF-8 and windows-1252 waits for one and needs no second pass.
 */
export class Decoder {
  encoding: Encoding = 'ascii';
  private decoding: TextDecoding | undefined;
  private held: Buffer = Buffer.alloc(0);
  private started = false;

  write(bytes: Buffer): string {
    if (this.decoding !== undefined) return this.decoding.write(bytes);
    const all = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    if (!this.started && all.length < sniffBytes) return this.hold(all);
    return this.decide(all, false);
  }

  end(): string {
    const rest = this.decoding === undefined ? this.decide(this.held, true) : '';
    return rest + (this.decoding?.end() ?? '');
  }

  private hold(bytes: Buffer): string {
    this.held = bytes;
    return '';
  }

  private decide(all: Buffer, last: boolean): string {
    if (!this.started) {
      this.started = true;
      refuseForeignFormats(all);
      const marked = markedEncoding(all) ?? unmarkedUtf16(all);
      if (marked !== undefined) return this.use(marked, all);
    }
    return this.decideByEvidence(all, last);
  }

  private decideByEvidence(all: Buffer, last: boolean): string {
    if (isAscii(all)) {
      this.held = Buffer.alloc(0);
      return all.toString('latin1');
    }
    const first = all.findIndex((byte) => byte > 0x7f);
    const evidence = all.subarray(first);
    if (evidence.length >= evidenceBytes || last) {
      return this.use(isUtf8(evidence, last) ? 'utf-8' : 'windows-1252', all);
    }
    this.hold(evidence);
    return all.toString('latin1', 0, first);
  }

  private use(encoding: Encoding, bytes: Buffer): string {
    this.encoding = encoding;
    this.held = Buffer.alloc(0);
    this.decoding = iconv.getDecoder(encoding, { stripBOM: true });
    return this.decoding.write(bytes);
  }
}

function markedEncoding(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return undefined;
}

/** Latin text in UTF-16 has a zero in every second byte; a few stray NULs are only damage. */
function unmarkedUtf16(bytes: Buffer): Encoding | undefined {
  const head = bytes.subarray(0, sniffBytes);
  const zeros = [0, 1].map((parity) => head.filter((byte, at) => byte === 0 && at % 2 === parity));
  const [even = 0, odd = 0] = zeros.map(({ length }) => length);
  const most = Math.max(1, head.length * 0.4);
  if (odd >= most && even === 0) return 'utf-16le';
  return even >= most && odd === 0 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Buffer, last: boolean): boolean {
  try {
    // While more is to come, a letter cut in two at the end is no mistake.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !last });
    return true;
  } catch {
    return false;
  }
}

const foreignFormats: readonly (readonly [magic: string, name: string])[] = [
  ['PK\x03\x04', 'an Excel workbook or a ZIP archive'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook'],
  ['\x1f\x8b', 'a gzip archive'],
  ['%PDF', 'a PDF document'],
];

function refuseForeignFormats(bytes: Buffer): void {
  const head = bytes.toString('latin1', 0, 4);
  const format = foreignFormats.find(([magic]) => head.startsWith(magic));
  if (format === undefined) return;
  throw new DomainError(
    'import/not-csv',
    `Expected a CSV file, found ${format[1]}. Save the table as CSV and send that.`,
  );
}
