import type { FieldProblem } from '@overture/kernel';
import { isKnownField, standardFields } from './fields.js';
import { lengthMaxOf, type TextPart } from './length.js';
import { malformed } from './render.js';
import { isLinkedInAddress, needsPart, type WrittenStep } from './step-text.js';
import { literalLength, namesIn, parseTemplate, type Part } from './template.js';
import { checkVariants } from './variants.js';

// Half of a surrogate pair or a NUL cannot be stored; line breaks and tabs are fine, but not in a subject or an address.
const unfitInText = /\p{Cs}|[^\P{Cc}\t\n\r]/u;
const unfitInLine = /[\p{Cc}\p{Cs}]/u;

interface Place {
  readonly step: WrittenStep;
  readonly part: TextPart;
  readonly path: string;
}

/** What keeps the texts of a step from ever being sent; paths begin with `path` (F064, S3-27). */
export function checkTexts(step: WrittenStep, path: string): FieldProblem[] {
  const { text, subject = '', postUrl = '', variants = [] } = step;
  const address = checkPart(postUrl, { step, part: 'postUrl', path: `${path}/postUrl` });
  if (variants.length === 0) {
    const parts = { text, subject };
    return [...address, ...checkBoth(step, parts, path)];
  }
  const problems = variants.flatMap((variant, index) => {
    const own = { text: variant.text, subject: variant.subject ?? subject };
    return checkBoth(step, own, `${path}/variants/${index}`);
  });
  if (text.trim() !== '') {
    problems.push({ path: `${path}/text`, message: 'Expected either a text or variants.' });
  }
  return [...address, ...checkVariants(variants, `${path}/variants`), ...problems];
}

function checkBoth(
  step: WrittenStep,
  texts: { text: string; subject: string },
  path: string,
): FieldProblem[] {
  return (['text', 'subject'] as const).flatMap((part) =>
    checkPart(texts[part], { step, part, path: `${path}/${part}` }),
  );
}

function checkPart(written: string, place: Place): FieldProblem[] {
  const { step, part, path } = place;
  if (written.trim() === '') {
    const message = `${article(step.kind)} ${step.kind} needs a ${part}.`;
    return needsPart(step.kind, part) ? [{ path, message }] : [];
  }
  const unfit = written.search(part === 'text' ? unfitInText : unfitInLine);
  if (unfit !== -1) {
    return [{ path, message: `The character at position ${unfit + 1} cannot be sent.` }];
  }
  const template = parseTemplate(written);
  if ('malformedAt' in template) return [{ path, message: malformed(template) }];
  return [...unknownFields(template.parts, path), ...unsendable(template.parts, place)];
}

function unknownFields(parts: readonly Part[], path: string): FieldProblem[] {
  const known = standardFields.map((name) => `{${name}}`).join(', ');
  return namesIn(parts)
    .filter(({ field }) => !isKnownField(field))
    .map(({ field, at }) => {
      const message = `{${field}} at position ${at + 1} is unknown. Known: ${known}, {custom.<name>}.`;
      return { path, message };
    });
}

function unsendable(parts: readonly Part[], { step, part, path }: Place): FieldProblem[] {
  const { kind, longNote = false } = step;
  // Who pays LinkedIn most may say most: what is too long for them is too long for everybody.
  const max = lengthMaxOf(part, { kind, tier: 'sales_navigator', longNote });
  if (literalLength(parts).min > max) {
    return [{ path, message: tooLong(max, kind, part) }];
  }
  const address = part === 'postUrl' ? fixedText(parts) : '';
  if (address === '' || isLinkedInAddress(address)) return [];
  return [{ path, message: 'Expected an address on linkedin.com.' }];
}

/** The text of a template that is the same for everybody; empty: it differs. */
function fixedText(parts: readonly Part[]): string {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && 'literal' in only ? only.literal.trim() : '';
}

function tooLong(max: number, kind: string, part: TextPart): string {
  if (max > 0) return `Longer than ${max} characters before any field.`;
  return `${article(kind)} ${kind} has no ${part}.`;
}

function article(kind: string): string {
  return kind === 'inmail' ? 'An' : 'A';
}
