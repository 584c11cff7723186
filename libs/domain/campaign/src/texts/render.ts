import { DomainError } from '@overture/kernel';
import { textLengthMax, type ActionKind, type Tier } from '@overture/policy';
import type { FieldValues } from './fields.js';
import { parseTemplate, type Part } from './template.js';

/** The text as the person will read it. A missing field is a refusal that names it, never a blank (F063, P05). */
export function renderText(text: string, values: FieldValues): string {
  const parts = partsOf(text);
  const missing = missingIn(parts, values);
  if (missing.length > 0) {
    const names = missing.map((name) => `{${name}}`).join(', ');
    throw new DomainError('text/missing-field', `This lead has nothing for ${names}.`, { missing });
  }
  return parts.map((part) => textOf(part, values) ?? '').join('');
}

/** The fields that keep this text from being written to this lead; empty: none. */
export function missingFields(text: string, values: FieldValues): string[] {
  return missingIn(partsOf(text), values);
}

/** Renders and counts: what is sent fits what LinkedIn takes from this tier (F064). */
export function renderAction(
  { kind, text }: { kind: ActionKind; text: string },
  values: FieldValues,
  tier: Tier,
): string {
  const rendered = renderText(text, values);
  const max = textLengthMax(kind, tier);
  const length = textLength(rendered);
  if (length <= max) return rendered;
  throw new DomainError('text/too-long', `${length} characters, at most ${max} for a ${kind}.`, {
    length,
    max,
    kind,
  });
}

/** In UTF-16 units, as LinkedIn's own form counts: an emoji is two. Never less than any other way to count. */
export function textLength(text: string): number {
  return text.length;
}

function partsOf(text: string): readonly Part[] {
  const template = parseTemplate(text);
  if ('parts' in template) return template.parts;
  throw new DomainError(
    'text/malformed',
    `The brace at position ${template.malformedAt + 1} names no field; write {first_name}.`,
    { position: template.malformedAt + 1 },
  );
}

function missingIn(parts: readonly Part[], values: FieldValues): string[] {
  const missing = parts.flatMap((part) =>
    'field' in part && textOf(part, values) === undefined ? [part.field] : [],
  );
  return [...new Set(missing)];
}

function textOf(part: Part, values: FieldValues): string | undefined {
  if ('literal' in part) return part.literal;
  const value = Object.hasOwn(values, part.field) ? values[part.field]?.trim() : undefined;
  return value === undefined || value === '' ? part.fallback : value;
}
