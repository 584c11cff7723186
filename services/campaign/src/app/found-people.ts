import { cleanLine, personName, splitFullName } from '@overture/lead-import';
import type { FileRow } from './import-rows.js';
import { judgeStanding, type Judgement, type Read } from './judge-leads.js';
import type { NewLead } from './lead-details.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { FoundPerson, SearchRow } from './searches.js';

/** People who were found, as the rows of a file would give them; numbered behind those found before. */
export function rowsOf(people: readonly FoundPerson[], search: SearchRow): FileRow[] {
  return people.map((person, index) => {
    const rowNo = search.people + index + 1;
    const lead = leadOf(person, search, rowNo);
    return { rowNo, lead, problem: problemOf(person, lead) };
  });
}

function leadOf(person: FoundPerson, { name }: SearchRow, place: number): NewLead {
  const full = cleanLine(person.fullName);
  const told = personName(cleanLine(person.firstName), cleanLine(person.lastName));
  const names = told.firstName !== '' && told.lastName !== '' ? told : splitFullName(full);
  return {
    ...names,
    linkedinUrl: person.linkedinUrl,
    companyName: cleanLine(person.companyName),
    title: cleanLine(person.jobTitle),
    email: '',
    timeZone: '',
    companyWebsite: '',
    pickedSource: 'LinkedIn people search',
    pickedBecause: `Found by the search "${name}", at place ${place}.`,
    customFields: shownFields({
      full_name: full,
      headline: cleanLine(person.headline),
      location: cleanLine(person.location),
      connection_degree: cleanLine(person.connectionDegree),
    }),
  };
}

function shownFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
}

// Who is too far away stands in the list without a name and without an address.
function problemOf({ linkedinUrl }: FoundPerson, { firstName, lastName }: NewLead): string {
  if (linkedinUrl === '') {
    return 'LinkedIn does not show this identity who it is.';
  }
  if (firstName !== '' && lastName === '') {
    return 'The name has one part only; a lead needs a first and a last name.';
  }
  return '';
}

/** The strongest first: what one name forbids, no other name allows. */
const strength: readonly Judgement['verdict'][] = ['rejected', 'duplicate', 'importable'];

/**
 * Judges people by every name they are shown under, with the rules of an import: whoever is known by their id is known,
 * whatever their address says today (F047, F052).
 */
export async function judgeFound(
  { leads }: Pick<Ports, 'leads'>,
  scope: Scope,
  campaignId: string,
  found: readonly { readonly read: Read; readonly fingerprints: readonly string[] }[],
): Promise<Judgement[]> {
  const byName = found.map(({ read, fingerprints }) => {
    if (typeof read === 'string') return [];
    const names = new Set([read.fingerprint, ...fingerprints]);
    return [...names].map((fingerprint) => ({ ...read, fingerprint }));
  });
  const standings = await leads.standings(scope, campaignId, byName.flat());
  let place = 0;
  return found.map(({ read }, index): Judgement => {
    if (typeof read === 'string') return { verdict: 'rejected', reason: read };
    const names = byName[index] ?? [];
    return strongest(names.map((named) => judgeStanding(campaignId, named, standings[place++])));
  });
}

function strongest(judgements: readonly Judgement[]): Judgement {
  for (const verdict of strength) {
    const those = judgements.filter((each) => each.verdict === verdict);
    // Of those who may come, whom the workspace knows already.
    const [first] = those;
    if (first !== undefined) return those.find(isKnown) ?? first;
  }
  throw new Error('A person without a name was judged.');
}

function isKnown(judged: Judgement): boolean {
  return 'leadId' in judged && judged.leadId !== '';
}
