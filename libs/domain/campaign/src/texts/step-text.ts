import { DomainError } from '@overture/kernel';
import type { Tier } from '@overture/policy';
import type { FieldValues } from './fields.js';
import { lengthMaxOf, textLength, type TextPart } from './length.js';
import { missingFields, refuseMissing, renderText } from './render.js';
import type { Variant } from './variants.js';

/** What a step says, as its author wrote it. */
export interface WrittenStep {
  /** Absent: s1, s2, … by place. */
  readonly id?: string;
  readonly kind: string;
  /** Empty where variants stand instead. */
  readonly text: string;
  /** Of an InMail. */
  readonly subject?: string;
  /** Where a comment goes; a template, for the post is another one for each lead. */
  readonly postUrl?: string;
  readonly variants?: readonly Variant[];
  /** A note of up to 300 characters is asked for (S3-10). */
  readonly longNote?: boolean;
}

/** Exactly what goes out. What a step does not have is empty. */
export interface RenderedStep {
  readonly text: string;
  readonly subject: string;
  readonly postUrl: string;
}

export interface Reader {
  readonly values: FieldValues;
  readonly tier: Tier;
  /** The variant that was planned for this lead; empty or absent: the step's own text. */
  readonly variant?: string;
}

const textParts: readonly TextPart[] = ['text', 'subject', 'postUrl'];

/**
 * The one way in which a text comes to be: IntendAction sends what this gives, drafts and previews show it (F066, I11).
 * Refused with all fields that are missing, with what is too long or empty, never sent with a gap (F063, F064).
 */
export function renderStep(step: WrittenStep, { values, tier, variant }: Reader): RenderedStep {
  const written = writtenFor(step, variant);
  refuseMissing(missingInStep(step, values, variant));
  const rendered = {
    text: renderText(written.text, values),
    subject: renderText(written.subject, values),
    postUrl: renderText(written.postUrl, values).trim(),
  };
  refuseUnsendable(step, rendered, tier);
  return rendered;
}

/** Of words that were rendered or that a person wrote: too long, empty, or no address on LinkedIn (F064, S3-27). */
export function refuseUnsendable(
  step: Pick<WrittenStep, 'kind' | 'longNote'>,
  words: RenderedStep,
  tier: Tier,
): void {
  for (const part of textParts) refuseUnfit(step, part, words[part], tier);
}

/** The fields that keep this step from being sent to this lead, in the variant it gets (F063). */
export function missingInStep(step: WrittenStep, values: FieldValues, variant?: string): string[] {
  const written = writtenFor(step, variant);
  return [...new Set(textParts.flatMap((part) => missingFields(written[part], values)))];
}

/** What a draft's approval and the intent compare: all that is sent, the text alone where there is nothing else. */
export function contentOf({ text, subject, postUrl }: RenderedStep): string {
  return subject === '' && postUrl === '' ? text : JSON.stringify([postUrl, subject, text]);
}

/** Kinds that say something or are nothing; an invitation may come without a note (F004). */
export function needsPart(kind: string, part: TextPart): boolean {
  const kinds = {
    text: ['message', 'inmail', 'comment', 'task'],
    subject: ['inmail'],
    postUrl: ['comment'],
  };
  return kinds[part].includes(kind);
}

/** Any address on LinkedIn takes a comment (S3-26). */
export function isLinkedInAddress(url: string): boolean {
  return /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.com\/\S+$/i.test(url);
}

/** The texts one lead gets. A variant that is not of this step is a plan nobody made. */
export function writtenFor(step: WrittenStep, variant = ''): RenderedStep {
  const { text, subject = '', postUrl = '', variants = [] } = step;
  if (variant === '') return { text, subject, postUrl };
  const found = variants.find(({ id }) => id === variant);
  if (found === undefined) {
    throw new DomainError('variant/unknown', `This step has no variant "${variant}".`, { variant });
  }
  return { text: found.text, subject: found.subject ?? subject, postUrl };
}

function refuseUnfit(
  step: Pick<WrittenStep, 'kind' | 'longNote'>,
  part: TextPart,
  rendered: string,
  tier: Tier,
): void {
  const { kind, longNote = false } = step;
  if (rendered.trim() === '') return refuseEmpty(kind, part);
  const length = textLength(rendered);
  const max = lengthMaxOf(part, { kind, tier, longNote });
  if (length > max) {
    const message = `${length} characters, at most ${max} for the ${part} of a ${kind}.`;
    throw new DomainError('text/too-long', message, { length, max, kind, part });
  }
  if (part !== 'postUrl' || isLinkedInAddress(rendered)) return;
  throw new DomainError('text/not-linkedin', `The post of a comment is not on LinkedIn.`, { part });
}

function refuseEmpty(kind: string, part: TextPart): void {
  if (!needsPart(kind, part)) return;
  throw new DomainError('text/empty', `The ${part} of this ${kind} comes out empty.`, {
    kind,
    part,
  });
}
