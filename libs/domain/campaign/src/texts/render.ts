import { DomainError } from '@overture/kernel';
import { valueOf, type FieldValues } from './fields.js';
import { parseTemplate, type Part, type PlainPart } from './template.js';

/** The text as the person will read it. A missing field is a refusal that names it, never a blank (F063, P05). */
export function renderText(text: string, values: FieldValues): string {
  const parts = partsFor(text, values);
  refuseMissing(missingIn(parts, values));
  return parts.map((part) => textOf(part, values) ?? '').join('');
}

/** The fields that keep this text from being written to this lead; empty: none. */
export function missingFields(text: string, values: FieldValues): string[] {
  return missingIn(partsFor(text, values), values);
}

export function refuseMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  const names = missing.map((name) => `{${name}}`).join(', ');
  throw new DomainError('text/missing-field', `This lead has nothing for ${names}.`, {
    missing: [...missing],
  });
}

/** What of a template this lead reads: of each condition the one way that applies (F062). */
function partsFor(text: string, values: FieldValues): PlainPart[] {
  const template = parseTemplate(text);
  if ('parts' in template) return template.parts.flatMap((part) => chosen(part, values));
  const position = template.malformedAt + 1;
  throw new DomainError('text/malformed', malformed(template), { position });
}

/** The sentence for a template that cannot be read; positions are told from 1, as editors do. */
export function malformed({ malformedAt, because }: { malformedAt: number; because: string }) {
  return `The brace at position ${malformedAt + 1}: ${because}.`;
}

function chosen(part: Part, values: FieldValues): readonly PlainPart[] {
  if (!('present' in part)) return [part];
  return valueOf(values, part.present) === undefined ? part.otherwise : part.then;
}

function missingIn(parts: readonly PlainPart[], values: FieldValues): string[] {
  const missing = parts.flatMap((part) =>
    'field' in part && textOf(part, values) === undefined ? [part.field] : [],
  );
  return [...new Set(missing)];
}

function textOf(part: PlainPart, values: FieldValues): string | undefined {
  return 'literal' in part ? part.literal : (valueOf(values, part.field) ?? part.fallback);
}
