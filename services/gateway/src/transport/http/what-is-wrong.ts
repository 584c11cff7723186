import type { ValidationError } from '@nestjs/common';

/** One sentence for a field: what was expected and what was found; undefined when only fields below it are wrong. */
export function whatIsWrong({ constraints = {}, value }: ValidationError): string | undefined {
  const [broken] = Object.keys(constraints).toSorted((a, b) => rank(a) - rank(b));
  if (broken === undefined) return undefined;
  if (broken === 'whitelistValidation') return 'There is no such field.';
  const expected = constraints[broken] ?? '';
  return value === undefined
    ? `Missing: ${expected}.`
    : `${expected}, found ${found(value, broken)}.`;
}

/** What a value is comes before what it may be: a number is not "too long". */
function rank(constraint: string): number {
  if (constraint === 'whitelistValidation') return 0;
  return /^is(?:String|Int|Number|Boolean|Array|Object)$/.test(constraint) ? 1 : 2;
}

/** Where one word of a few was expected the word is shown; any other text may be somebody's name or a secret. */
function found(value: unknown, broken: string): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return broken === 'isIn' && value.length <= wordMax ? `"${value}"` : `${value.length} characters`;
}

const wordMax = 40;
