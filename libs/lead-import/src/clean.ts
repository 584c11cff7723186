// Printable ASCII without outer or double blanks: nearly every cell, and nothing to do.
const plain = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;
// Controls, and the invisible marks that turn text around or hide in pasted names.
const invisible = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** One line of text as a person meant it: composed, without invisible marks or stray blanks. */
export function cleanLine(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(/\s+/g, ' ').replace(invisible, '').normalize('NFC').trim();
}

/** The same for text that may run over lines. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  const lines = text.split(/\r\n|\r|\n/).map(cleanLine);
  return lines.join('\n').trim();
}

/** A NUL cannot be stored; U+FFFD stands where bytes did not fit the encoding. */
export function damageIn(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL byte';
  if (text.includes('\ufffd')) return 'contains characters that the file lost (�)';
  return undefined;
}
