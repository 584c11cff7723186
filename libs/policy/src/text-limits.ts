import type { ActionKind, Tier } from './kinds.js';

// A free account's note is cut at 200; LinkedIn's own form cuts the others near 280, though its API takes 300 (S3-10).
const noteLengthMax: Readonly<Record<Tier, number>> = {
  classic: 200,
  premium: 280,
  sales_navigator: 280,
};

const lengthMax: Readonly<Record<Exclude<ActionKind, 'connect'>, number>> = {
  visit: 0,
  message: 2_000,
  withdraw: 0,
  inmail: 2_000,
  comment: 1_000,
};

/** The longest text an action may carry, counted after rendering (F064, S3-04..06, requirements section 2). */
export function textLengthMax(kind: ActionKind, tier: Tier): number {
  return kind === 'connect' ? noteLengthMax[tier] : lengthMax[kind];
}
