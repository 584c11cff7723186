import { fieldValues, textsFor, type LeadText, type Step } from '@overture/domain-campaign';
import type { LeadDetails } from './lead-details.js';

/** What each step of a sequence would say to one lead, and what it lacks for that. */
export function textsOf(
  steps: readonly Step[],
  campaignId: string,
  lead: LeadDetails,
): readonly LeadText[] {
  return textsFor(steps, { campaignId, leadId: lead.leadId, values: fieldValues(lead) });
}

/** The fields for which this lead's sends would be held, each once (F063). */
export function lackingFields(texts: readonly LeadText[]): string[] {
  return [...new Set(texts.flatMap(({ missing }) => missing))];
}
