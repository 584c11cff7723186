import type { Instant } from '@overture/kernel';
import type { ActionKind, Note } from '@overture/policy';
import type { EnrollmentRef } from './timetable.js';

// These names and shapes are stored: add to them; never rename, never reuse.
export const claimCategory = 'claim';

/** One stream per action; the version of a claim in it is the claim's fencing epoch. */
export function claimStream(actionId: string): string {
  return `${claimCategory}-${actionId}`;
}

interface Fact<Type extends string, Data> {
  type: Type;
  data: Data & { enrollment: EnrollmentRef; actionId: string; epoch: number; at: Instant };
}

export type ActionClaimed = Fact<
  'ActionClaimed',
  {
    kind: ActionKind;
    leaseUntil: Instant;
    /**
     * A RecordedDecision, as text: nobody looks into it but to take it again. Absent where an older release claimed, and
     * where a claim is offered again: the first offer holds it.
     */
    decisionJson?: string;
    note?: Note;
  }
>;
/** It is certain that nothing was sent: the use no longer counts. */
export type ClaimGivenBack = Fact<'ClaimGivenBack', { cause: string }>;
export type ClaimClosed = Fact<'ClaimClosed', { outcome: string }>;

export type ClaimEvent = ActionClaimed | ClaimGivenBack | ClaimClosed;
