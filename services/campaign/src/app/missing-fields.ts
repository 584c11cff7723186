import { fieldValues, missingFields, type Sequence } from '@overture/domain-campaign';
import type { LeadDetails } from './lead-details.js';

/** The fields of the sequence's texts that this lead has nothing for: those sends would be held (F063). */
export function missingFieldsOf({ steps }: Sequence, lead: LeadDetails): string[] {
  if (lead.erased) return [];
  const values = fieldValues(lead);
  return [...new Set(steps.flatMap(({ text }) => missingFields(text, values)))];
}
