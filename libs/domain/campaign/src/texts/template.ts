/** A template is literal text and fields in single braces: `{first_name}`, `{first_name|there}` (F060, F061). */
export type Part =
  { readonly literal: string } | { readonly field: string; readonly fallback?: string };

export type Template =
  | { readonly parts: readonly Part[] }
  /** A brace that opens or closes nothing; `{{first_name}}` of other tools is one. */
  | { readonly malformedAt: number };

const fieldPattern = /^[A-Za-z][A-Za-z0-9_.]*(?:[ -][A-Za-z0-9_.]+)*$/;

/** Reads a template; never throws. */
export function parseTemplate(text: string): Template {
  const parts: Part[] = [];
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf('{', position);
    const literal = text.slice(position, open === -1 ? text.length : open);
    const stray = literal.indexOf('}');
    if (stray !== -1) return { malformedAt: position + stray };
    if (literal !== '') parts.push({ literal });
    if (open === -1) break;
    const close = text.indexOf('}', open);
    const part = close === -1 ? undefined : parseField(text.slice(open + 1, close));
    if (part === undefined) return { malformedAt: open };
    parts.push(part);
    position = close + 1;
  }
  return { parts };
}

/** The names of all fields, each once; none of a malformed template. */
export function fieldsOf(text: string): string[] {
  const template = parseTemplate(text);
  if ('malformedAt' in template) return [];
  return [...new Set(template.parts.flatMap((part) => ('field' in part ? [part.field] : [])))];
}

function parseField(inside: string): Part | undefined {
  const [name = '', ...rest] = inside.split('|');
  const field = name.trim();
  if (!fieldPattern.test(field) || rest.some((text) => text.includes('{'))) return undefined;
  return rest.length === 0 ? { field } : { field, fallback: rest.join('|').trim() };
}
