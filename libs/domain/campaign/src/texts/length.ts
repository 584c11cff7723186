import {
  actionKinds,
  subjectLengthMax,
  textLengthMax,
  type ActionKind,
  type Tier,
} from '@overture/policy';

/**
 * In UTF-16 units: an emoji is two. LinkedIn's own form is a web page, and there `maxlength` and the counter beside it are
 * "the number of code units" (HTML, form control infrastructure; JavaScript's `length`). How its API counts is written
 * nowhere; code points and graphemes are never more than code units, so what fits here fits there too (F064).
 */
export function textLength(text: string): number {
  return text.length;
}

/** What a step says in one of its parts. */
export type TextPart = 'text' | 'subject' | 'postUrl';

export interface Room {
  readonly kind: string;
  readonly tier: Tier;
  /** A note of up to 300 characters was asked for; LinkedIn's own page would show no more than 280 of it (S3-10). */
  readonly longNote: boolean;
}

// What is not performed on LinkedIn is read by our own people only.
const taskLengthMax = 2_000;
const postUrlLengthMax = 2_000;

/** The most that LinkedIn takes of one part of a step from this tier, after rendering. */
export function lengthMaxOf(part: TextPart, { kind, tier, longNote }: Room): number {
  if (part === 'subject') return kind === 'inmail' ? subjectLengthMax : 0;
  if (part === 'postUrl') return kind === 'comment' ? postUrlLengthMax : 0;
  if (kind === 'task') return taskLengthMax;
  return isAction(kind) ? textLengthMax(kind, tier, { longNote }) : 0;
}

function isAction(kind: string): kind is ActionKind {
  return (actionKinds as readonly string[]).includes(kind);
}
