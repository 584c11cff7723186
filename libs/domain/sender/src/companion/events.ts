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

export type CompanionEvent = PaceBreached;

export function companionStream(identityId: string): string {
  return `${companionCategory}-${identityId}`;
}
