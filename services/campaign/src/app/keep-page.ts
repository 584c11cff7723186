import { dayMs, plus, type Instant } from '@overture/kernel';
import { openForLeads } from './add-leads.js';
import { endSearch, isOpen } from './end-search.js';
import { judgeFound, rowsOf } from './found-people.js';
import { checkedRows, lockedImport, storeBatch } from './import-rows.js';
import type { ImportRow } from './imports.js';
import { readLeads, type Judgement } from './judge-leads.js';
import type { Ports } from './ports.js';
import { inTransaction, type Scope } from './scope.js';
import type { DueSearch, FoundPerson, SearchAnswer, SearchChange, SearchRow } from './searches.js';

type ReadPage = Extract<SearchAnswer, { outcome: 'read' }>;

// A little less than the provider says: a cursor that dies on the way costs a read.
const cursorLifeMs = dayMs - 60_000;
const restartsMax = 3;
// The longest list there is, page by page, from the beginning as often as it may begin again.
const pagesMax = 1_500;

/** False when the cursor is too old to be worth a try. */
export function isFresh({ cursor, cursorAt }: SearchRow, now: Instant): boolean {
  return cursor === '' || (cursorAt !== undefined && plus(cursorAt, cursorLifeMs) > now);
}

/** Runs `work` on the search unless it ended, or somebody else read on meanwhile. */
export function onSearch(
  ports: Ports,
  { tenantId, searchId, turns, meta }: DueSearch,
  work: (scope: Scope, search: SearchRow, filled: ImportRow) => Promise<void>,
): Promise<void> {
  return inTransaction(ports, { tenantId, meta }, async (scope) => {
    const filled = await lockedImport(ports, scope, searchId);
    const search = await ports.searches.find(scope, searchId);
    if (search === undefined || !isOpen(filled.status) || search.turns !== turns) return;
    await work(scope, search, filled);
  });
}

/** Keeps the people of a page and where to read on, in one transaction (P1): a page counts once or not at all. */
export function keepPage(ports: Ports, due: DueSearch, page: ReadPage): Promise<void> {
  return onSearch(ports, due, async (scope, search, filled) => {
    await openForLeads(ports, scope, search.campaignId);
    const fresh = await newOnes(ports, scope, search, page.people);
    const { importable, people } = await storeFound(ports, scope, { search, filled, fresh });
    const ended = endOf(search, page, importable);
    await ports.searches.change(scope, search.searchId, {
      ...progress(ports, search, page),
      people: search.people + people,
      restarts: people > 0 ? 0 : search.restarts,
    });
    if (ended !== undefined) await endSearch(ports, scope, search, ended);
  });
}

function progress(
  { clock }: Ports,
  { turns, pages }: SearchRow,
  { nextCursor, nextAt }: ReadPage,
): SearchChange {
  const read = { turns: turns + 1, pages: pages + 1 };
  return { ...read, cursor: nextCursor, cursorAt: clock.now(), nextAt, reason: 'pace' };
}

function endOf(
  { maxLeads, cursor, pages }: SearchRow,
  { nextCursor }: ReadPage,
  importable: number,
): string | undefined {
  if (importable >= maxLeads) return 'enough';
  if (nextCursor === '') return 'complete';
  return nextCursor === cursor || pages + 1 >= pagesMax ? 'endless' : undefined;
}

/** Pages overlap: whoever was found before, on this page or another, is no new row. */
async function newOnes(
  { searches }: Ports,
  scope: Scope,
  { searchId }: SearchRow,
  people: readonly FoundPerson[],
): Promise<FoundPerson[]> {
  const names = people.flatMap(({ fingerprints }) => fingerprints);
  const known = new Set(await searches.known(scope, searchId, names));
  return people.filter(({ fingerprints }) => {
    const isNew = !fingerprints.some((name) => known.has(name));
    for (const name of fingerprints) known.add(name);
    return isNew;
  });
}

interface Found {
  readonly search: SearchRow;
  readonly filled: ImportRow;
  readonly fresh: readonly FoundPerson[];
}

/** The new people get their verdicts, up to the last one who is wanted. */
async function storeFound(
  ports: Ports,
  scope: Scope,
  { search, filled, fresh }: Found,
): Promise<{ importable: number; people: number }> {
  const { campaignId, searchId, maxLeads } = search;
  const all = rowsOf(fresh, search);
  const read = readLeads(ports, scope.tenantId, all);
  const found = read.map((each, index) => {
    return { read: each, fingerprints: fresh[index]?.fingerprints ?? [] };
  });
  const judged = await judgeFound(ports, scope, campaignId, found);
  const taken = wanted(judged, maxLeads - filled.importable);
  const rows = all.slice(0, taken);
  if (rows.length === 0) return { importable: filled.importable, people: 0 };
  const names = fresh.slice(0, taken).flatMap(({ fingerprints }) => fingerprints);
  await ports.searches.learn(scope, searchId, names);
  const checked = await checkedRows(ports, scope, filled, { rows, judged: judged.slice(0, taken) });
  // Whoever becomes a lead is known by every name from the beginning (F047).
  const candidates = checked.candidates.map((candidate) => {
    return { ...candidate, names: fresh[candidate.place]?.fingerprints ?? [] };
  });
  const verdicts = await storeBatch(ports, scope, filled, {
    rows,
    checked: { ...checked, candidates },
  });
  const importable = verdicts.filter(({ verdict }) => verdict === 'importable').length;
  return { importable: filled.importable + importable, people: taken };
}

/** How many rows it takes until so many can become leads. */
function wanted(judged: readonly Judgement[], leads: number): number {
  let left = leads;
  const last = judged.findIndex(({ verdict }) => verdict === 'importable' && --left === 0);
  return last === -1 ? judged.length : last + 1;
}

/** The cursor is dead: from the first page again. Whom it has found already it knows. */
export function beginAgain(ports: Ports, due: DueSearch, now: Instant): Promise<void> {
  return onSearch(ports, due, async (scope, search) => {
    const restarts = search.restarts + 1;
    if (restarts > restartsMax) return endSearch(ports, scope, search, 'cursor');
    const change = { restarts, cursor: '', turns: search.turns + 1, nextAt: now, reason: 'cursor' };
    await ports.searches.change(scope, search.searchId, change);
  });
}
