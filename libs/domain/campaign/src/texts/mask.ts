import { literalLength, namesIn, parseTemplate } from './template.js';
import { tokensOf } from './tokens.js';

export interface Masked {
  /** The text with every brace and what is in it blanked out, so that places stay where they are. */
  readonly words: string;
  /** The most its words can come to, without any field. */
  readonly lengthMax: number;
  /** How many fields it names. */
  readonly fields: number;
}

/** What a template says by itself. Of one that cannot be read: nothing, it is refused as what it is. */
export function masked(text: string): Masked {
  const template = parseTemplate(text);
  const tokens = tokensOf(text);
  if ('malformedAt' in template || 'malformedAt' in tokens) {
    return { words: '', lengthMax: 0, fields: 1 };
  }
  const literals = tokens.flatMap((token) => (token.is === 'literal' ? [token] : []));
  let words = '';
  for (const { at, text: literal } of literals) words = words.padEnd(at) + literal;
  const { max: lengthMax } = literalLength(template.parts);
  return { words, lengthMax, fields: namesIn(template.parts).length };
}
