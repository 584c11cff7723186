import { InvalidInputError, type FieldProblem } from '@overture/kernel';
import { parsePeopleSearchUrl, type PeopleSearchUrl } from '@overture/providers';
import { openForLeads } from './add-leads.js';
import { label } from './input.js';
import type { Ports } from './ports.js';
import { openImport } from './run-import.js';
import { inTransaction, type Caller } from './scope.js';
import { shown, type ShownSearch } from './search-view.js';
import type { SearchRow, SearchingIdentity } from './searches.js';

export interface NewSearch {
  readonly campaignId: string;
  readonly identityId: string;
  readonly searchUrl: string;
  readonly maxLeads: number;
  readonly name: string;
  readonly commit: boolean;
}

/** LinkedIn itself shows no more of any search; Sales Navigator shows 2 500. */
const leadsMax = 2_500;

/** Begins a people search (F051): it is read in the background, into an import of the same id. */
export async function startSearch(
  ports: Ports,
  caller: Caller,
  wanted: NewSearch,
): Promise<ShownSearch> {
  const { sendUrl, words } = await searchable(ports, caller, wanted);
  const createdAt = ports.clock.now();
  const name = label(wanted.name) || label(words) || 'People search';
  return inTransaction(ports, caller, async (scope) => {
    const { campaignId, identityId, maxLeads, commit: commits } = wanted;
    await openForLeads(ports, scope, campaignId);
    const filled = await openImport(ports, scope, { campaignId, fileName: name, mapping: {} });
    const row: SearchRow = {
      searchId: filled.importId,
      campaignId,
      identityId,
      searchUrl: sendUrl,
      name,
      maxLeads,
      commits,
      status: 'reading',
      reason: '',
      nextAt: createdAt,
      cursor: '',
      turns: 0,
      pages: 0,
      people: 0,
      restarts: 0,
      meta: caller.meta,
      createdAt,
    };
    await ports.searches.insert(scope, row);
    scope.tx.afterCommit(() => ports.work.wake('search'));
    return shown(row, filled);
  });
}

type ReadUrl = Extract<PeopleSearchUrl, { kind: 'search' }>;

/** What is to be searched for, once every field fits and the identity can search there. */
async function searchable(
  { search }: Pick<Ports, 'search'>,
  { tenantId }: Caller,
  { searchUrl, identityId, maxLeads }: NewSearch,
): Promise<ReadUrl> {
  const url = parsePeopleSearchUrl(searchUrl);
  const identity = await search.identity(tenantId, identityId);
  const problems = [
    ...problem('/searchUrl', url.kind === 'refused' ? url.message : whyNotThere(url, identity)),
    ...problem('/maxLeads', isCount(maxLeads) ? '' : `Expected 1 to ${leadsMax} leads.`),
    ...problem('/identityId', whyNotReader(identity)),
  ];
  if (problems.length > 0 || url.kind === 'refused') throw new InvalidInputError(problems);
  return url;
}

function problem(path: string, message: string): FieldProblem[] {
  return message === '' ? [] : [{ path, message }];
}

function whyNotThere({ place }: ReadUrl, identity: SearchingIdentity | undefined): string {
  if (place !== 'sales_navigator' || identity === undefined || identity.tier === place) return '';
  return `This search needs Sales Navigator; the identity has ${identity.tier}.`;
}

/** Empty: this identity can look people up. */
export function whyNotReader(identity: SearchingIdentity | undefined): string {
  if (identity === undefined) return 'No identity of this workspace has this id.';
  if (identity.provider !== 'companion') return '';
  return 'Nobody but its own browser reads the account of a companion.';
}

function isCount(maxLeads: number): boolean {
  return Number.isInteger(maxLeads) && maxLeads >= 1 && maxLeads <= leadsMax;
}
