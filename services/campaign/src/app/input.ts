import { InvalidInputError } from '@overture/kernel';

// Half of a surrogate pair or a NUL cannot be stored, and no other control character belongs into a line of text.
const unfitInLine = /[\p{Cc}\p{Cs}]/u;
const unfitInText = /\p{Cs}|[^\P{Cc}\t\n\r]/u;

export function isCleanLine(text: string): boolean {
  return !unfitInLine.test(text);
}

export function refuseUncleanLine(path: string, text: string): void {
  if (isCleanLine(text)) return;
  throw new InvalidInputError([{ path, message: 'Control characters are not allowed here.' }]);
}

/** Line breaks and tabs are fine in what is sent; other control characters are somebody's mistake or attack. */
export function refuseUncleanTexts(path: string, texts: readonly string[]): void {
  const index = texts.findIndex((text) => unfitInText.test(text));
  if (index === -1) return;
  const message = 'Control characters are not allowed in a text.';
  throw new InvalidInputError([{ path: `${path}/${index}/text`, message }]);
}

/** A label that somebody else wrote: kept short, and free of what cannot be stored or shown. */
export function label(text: string, lengthMax = 200): string {
  return text
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .trim()
    .slice(0, lengthMax);
}
