import { cleanLine } from '@overture/lead-import';
import { parseProfileUrl } from '@overture/providers';
import { leadProblems } from './check-lead.js';
import type { SeenPerson } from './enrichments.js';
import type { NewLead } from './lead-details.js';

/** The fields of a lead that a profile renews, as it shows them; what it does not show is not here (F050). */
export function shownInLead(
  lead: Pick<NewLead, 'linkedinUrl'>,
  {
    jobTitle,
    companyName,
    linkedinUrl,
  }: Pick<SeenPerson, 'jobTitle' | 'companyName' | 'linkedinUrl'>,
): Partial<NewLead> {
  const texts = {
    title: cleanLine(jobTitle),
    companyName: cleanLine(companyName),
    linkedinUrl: addressNow(lead.linkedinUrl, linkedinUrl),
  };
  const usable = Object.entries(texts).filter(
    ([field, text]) => text !== '' && leadProblems({ [field]: text }).length === 0,
  );
  return Object.fromEntries(usable);
}

// An address by an id stays good for ever; one by a handle dies with the handle.
function addressNow(known: string, shown: string): string {
  const before = parseProfileUrl(known);
  const now = parseProfileUrl(shown);
  if (before.kind !== 'handle' || now.kind !== 'handle') return '';
  return before.handle === now.handle ? '' : now.normalUrl;
}
