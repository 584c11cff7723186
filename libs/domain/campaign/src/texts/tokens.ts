/** Where a template cannot be read: the place of the brace, from 0, and why. */
export interface Malformed {
  readonly malformedAt: number;
  readonly because: string;
}

export interface FieldToken {
  readonly is: 'field';
  readonly field: string;
  readonly fallback?: string;
  readonly at: number;
}

export interface LiteralToken {
  readonly is: 'literal';
  readonly text: string;
  readonly at: number;
}

export type Token =
  | FieldToken
  | LiteralToken
  | { readonly is: 'if'; readonly field: string; readonly at: number }
  | { readonly is: 'else' | 'end'; readonly at: number };

const fieldPattern = /^[A-Za-z][A-Za-z0-9_.]*(?:[ -][A-Za-z0-9_.]+)*$/;
const conditionPattern = /^if(?:\s+(.*))?$/s;

/** Braces and what is between them, in order. A brace that opens or closes nothing, such as `{{`, is malformed. */
export function tokensOf(text: string): Token[] | Malformed {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = text[at] === '{' ? braced(text, at) : literal(text, at);
    if ('malformedAt' in token) return token;
    tokens.push(token);
    at = token.is === 'literal' ? at + token.text.length : text.indexOf('}', at) + 1;
  }
  return tokens;
}

function literal(text: string, at: number): Token | Malformed {
  const next = text.indexOf('{', at);
  const found = text.slice(at, next === -1 ? text.length : next);
  const stray = found.indexOf('}');
  if (stray === -1) return { is: 'literal', text: found, at };
  return { malformedAt: at + stray, because: 'it closes nothing' };
}

function braced(text: string, at: number): Token | Malformed {
  const close = text.indexOf('}', at);
  if (close === -1) return { malformedAt: at, because: 'it is never closed' };
  const inside = text.slice(at + 1, close).trim();
  if (inside === 'else' || inside === 'end') return { is: inside, at };
  const condition = conditionPattern.exec(inside);
  return condition === null ? field(inside, at) : conditionOf((condition[1] ?? '').trim(), at);
}

function conditionOf(name: string, at: number): Token | Malformed {
  if (fieldPattern.test(name)) return { is: 'if', field: name, at };
  const because = 'an {if …} asks for one field and nothing else; write {if company_name}';
  return { malformedAt: at, because };
}

function field(inside: string, at: number): Token | Malformed {
  const bar = inside.indexOf('|');
  const name = (bar === -1 ? inside : inside.slice(0, bar)).trim();
  const fallback = bar === -1 ? '' : inside.slice(bar + 1).trim();
  if (!fieldPattern.test(name) || fallback.includes('{')) {
    return { malformedAt: at, because: 'it names no field; write {first_name}' };
  }
  return bar === -1 ? { is: 'field', field: name, at } : { is: 'field', field: name, fallback, at };
}
