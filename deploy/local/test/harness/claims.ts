import type { Instant } from '@overture/kernel';
import { decideAgain, type RecordedDecision } from '@overture/planner';
import type { Note, Verdict } from '@overture/policy';
import { withClient } from '@overture/testing';
import type { Product } from './product.js';

/** A claim as the log keeps it, with what it was decided by. */
export interface RecordedClaim {
  readonly actionId: string;
  readonly enrollmentId: string;
  readonly identityId: string;
  readonly at: Instant;
  readonly decision: RecordedDecision;
  readonly note?: Note;
}

interface Stored {
  readonly actionId: string;
  readonly at: Instant;
  readonly enrollment: { readonly enrollmentId: string; readonly identityId: string };
  readonly decisionJson: string;
  readonly note?: Note;
}

/** Every claim that holds its decision, read from the scheduler's log and from nothing else; the oldest first. */
export async function claimsOf({ databaseUrl }: Product): Promise<readonly RecordedClaim[]> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ data: Stored }>(
      `select data from scheduler.events
       where type = 'ActionClaimed' and data ? 'decisionJson'
       order by data ->> 'at', stream_id, version`,
    ),
  );
  return rows.map(({ data: { actionId, at, enrollment, decisionJson, note } }) => ({
    ...enrollment,
    actionId,
    at,
    decision: JSON.parse(decisionJson) as RecordedDecision,
    ...(note && { note }),
  }));
}

/** The same question again, to the rules of today. */
export function askedAgain({ decision, identityId, at }: RecordedClaim): Verdict {
  return decideAgain(decision, { identityId, at });
}
