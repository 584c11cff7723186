import type { ActionKind, Tier } from './kinds.js';

// A free account's note is cut at 200; LinkedIn's own form cuts the others near 280, though its API takes 300 (S3-10).
const noteLengthMax: Readonly<Record<Tier, number>> = {
  classic: 200,
  premium: 280,
  sales_navigator: 280,
};

const longNoteLengthMax = 300;

const lengthMax: Readonly<Record<Exclude<ActionKind, 'connect'>, number>> = {
  visit: 0,
  message: 2_000,
  withdraw: 0,
  // LinkedIn's help pages say 1 900 of one product and 2 000 of another: the lower one fits everywhere.
  inmail: 1_900,
  // Ours (S3-06); LinkedIn itself takes 1 250.
  comment: 1_000,
};

/** The longest subject of an InMail. */
export const subjectLengthMax = 200;

/**
 * The longest text an action may carry, counted after rendering (F064, S3-04..06, requirements section 2). A note of up to
 * 300 characters has to be asked for, and helps no free account.
 */
export function textLengthMax(
  kind: ActionKind,
  tier: Tier,
  { longNote = false }: { longNote?: boolean } = {},
): number {
  if (kind !== 'connect') return lengthMax[kind];
  return longNote && tier !== 'classic' ? longNoteLengthMax : noteLengthMax[tier];
}
