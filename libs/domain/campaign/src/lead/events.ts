import type { Instant } from '@overture/kernel';

// These names and shapes are stored: add to them; never rename, never reuse.
export const leadCategory = 'lead';

export type LeadEvent = LeadChanged | LeadMerged | LeadSeparated | LeadEnriched | LeadNotEnriched;

export interface LeadChanged {
  type: 'LeadChanged';
  data: {
    leadId: string;
    /** Which fields changed, never what they hold. */
    fields: readonly string[];
    at: Instant;
  };
}

/** Its profile was read again, and these fields now hold what LinkedIn shows. */
export interface LeadEnriched {
  type: 'LeadEnriched';
  data: {
    leadId: string;
    identityId: string;
    /** Which fields it renewed, never what they hold; none: everything was as it is. */
    fields: readonly string[];
    at: Instant;
  };
}

/** Its profile could not be read; the lead is as it was. */
export interface LeadNotEnriched {
  type: 'LeadNotEnriched';
  data: { leadId: string; identityId: string; reason: string; at: Instant };
}

export interface LeadMerged {
  type: 'LeadMerged';
  data: { leadId: string; duplicateOf: string; witness: string; at: Instant };
}

export interface LeadSeparated {
  type: 'LeadSeparated';
  data: {
    leadId: string;
    separatedFrom: readonly string[];
    reason: string;
    by: string;
    at: Instant;
  };
}

export function leadStream(leadId: string): string {
  return `${leadCategory}-${leadId}`;
}
