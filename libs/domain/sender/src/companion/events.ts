import type { Instant } from '@overture/kernel';

// These names and shapes are stored: add to them; never rename, never reuse.
export const companionCategory = 'companion';

/** What a customer's browser did against the agreement; stream `companion-<identityId>`. */
export interface PaceBreached {
  type: 'PaceBreached';
  /** Two results lay this close together, though the browser promised a longer pause (S3-41, S3-57). */
  data: {
    identityId: string;
    actionId: string;
    spacingMs: number;
    spacingMinMs: number;
    at: Instant;
  };
}

/** A browser told what came of a job that had been handed out anew, or settled, since it got it. */
export interface StaleResultReported {
  type: 'StaleResultReported';
  data: {
    identityId: string;
    actionId: string;
    /** Which handing out of the job it was. */
    attempt: number;
    success: boolean;
    /** Another browser may have done the same: a person has a look. */
    possibleDuplicate: boolean;
    at: Instant;
  };
}

export type CompanionEvent = PaceBreached | StaleResultReported;

export function companionStream(identityId: string): string {
  return `${companionCategory}-${identityId}`;
}
