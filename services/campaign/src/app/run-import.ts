import { DomainError, NotFoundError } from '@overture/kernel';
import { openForLeads } from './add-leads.js';
import { findCampaign } from './decide-campaign.js';
import { enrollLeads } from './enroll-leads.js';
import { lockedImport } from './import-rows.js';
import type { ImportRow, RowVerdict, StagedPerson } from './imports.js';
import { label } from './input.js';
import type { Judgement } from './judge-leads.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow, PageOf, PageWanted } from './tables.js';

export interface NewImport {
  /** Empty: into the workspace only. */
  readonly campaignId: string;
  readonly fileName: string;
  readonly mapping: Readonly<Record<string, string>>;
}

/** People made leads in one transaction: long enough to be fast, short enough to be out of everybody's way. */
const commitBatchMax = 1_000;

export function startImport(ports: Ports, caller: Caller, wanted: NewImport): Promise<ImportRow> {
  return inTransaction(ports, caller, async (scope) => {
    const { campaignId } = wanted;
    if (campaignId !== '') await openForLeads(ports, scope, campaignId);
    return openImport(ports, scope, wanted);
  });
}

/** An import that has no rows yet. */
export async function openImport(
  ports: Ports,
  scope: Scope,
  { campaignId, fileName, mapping }: NewImport,
): Promise<ImportRow> {
  const createdAt = ports.clock.now();
  const columns = Object.entries(mapping).map(([column, field]) => [label(column), label(field)]);
  const row: ImportRow = {
    importId: newId(createdAt),
    campaignId,
    fileName: label(fileName),
    mapping: Object.fromEntries(columns) as Record<string, string>,
    status: 'receiving',
    nextBatch: 0,
    rows: 0,
    lastRow: 0,
    afterName: '',
    cleared: false,
    importable: 0,
    imported: 0,
    duplicates: 0,
    rejected: 0,
    meta: scope.meta,
    createdAt,
  };
  await ports.imports.insert(scope, row);
  scope.tx.afterCommit(() => ports.work.wake('import'));
  return row;
}

/** The whole file has arrived; its verdicts are complete. */
export function finishImport(ports: Ports, caller: Caller, importId: string): Promise<ImportRow> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await lockedImport(ports, scope, importId);
    if (row.status !== 'receiving') return row;
    await ports.imports.change(scope, importId, { status: 'checked' });
    return { ...row, status: 'checked' };
  });
}

/** A promise: once it is answered the import ends complete, whatever dies meanwhile (P1). */
export function commitImport(ports: Ports, caller: Caller, importId: string): Promise<ImportRow> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await lockedImport(ports, scope, importId);
    if (row.status === 'committing' || row.status === 'committed') return row;
    if (row.status !== 'checked') {
      throw new DomainError('import/not-checked', `This import is ${row.status}.`, { importId });
    }
    if (row.campaignId !== '') await openForLeads(ports, scope, row.campaignId);
    await ports.imports.change(scope, importId, { status: 'committing', meta: caller.meta });
    scope.tx.afterCommit(() => ports.work.wake('import'));
    return { ...row, status: 'committing' };
  });
}

export function getImport(ports: Ports, caller: Caller, importId: string): Promise<ImportRow> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await ports.imports.find(scope, importId);
    if (row === undefined) throw new NotFoundError('import', importId);
    return row;
  });
}

export function listImportRows(
  ports: Ports,
  caller: Caller,
  wanted: PageWanted & { importId: string; verdict: string },
): Promise<PageOf<RowVerdict>> {
  return inTransaction(ports, caller, (scope) => ports.imports.verdicts(scope, wanted));
}

/** One step of every commit that is under way; false when nothing is left to do. */
export async function commitImports(ports: Ports): Promise<boolean> {
  const pending = await ports.imports.committing();
  for (const { tenantId, importId } of pending) {
    await inTransaction(ports, { tenantId, meta: {} }, (scope) =>
      commitBatch(ports, scope, importId),
    );
  }
  return pending.length > 0;
}

async function commitBatch(ports: Ports, scope: Scope, importId: string): Promise<void> {
  const row = await lockedImport(ports, scope, importId);
  if (row.status !== 'committing') return;
  const page = { afterName: row.afterName, limit: commitBatchMax };
  const people = await ports.imports.staged(scope, importId, page);
  if (people.length === 0) {
    await ports.imports.change(scope, importId, { status: 'committed' });
    scope.tx.afterCommit(() => ports.work.wake('finish'));
    return;
  }
  const campaign = await campaignOf(ports, scope, row);
  const judged = await enrollLeads(ports, { ...scope, meta: row.meta }, campaign, people);
  await settle(ports, scope, row, { people, judged });
}

// A campaign with a commit under way does not finish, and one that was archived meanwhile keeps its promise: its leads
// are enrolled and never start.
function campaignOf(
  ports: Ports,
  scope: Scope,
  { campaignId }: ImportRow,
): Promise<CampaignRow | undefined> {
  return campaignId === '' ? Promise.resolve(undefined) : findCampaign(ports, scope, campaignId);
}

async function settle(
  { imports }: Ports,
  scope: Scope,
  row: ImportRow,
  { people, judged }: { people: readonly StagedPerson[]; judged: readonly Judgement[] },
): Promise<void> {
  const corrections = new Map<number, RowVerdict[]>();
  let [overtaken, rejected] = [0, 0];
  people.forEach(({ rowNo, batch }, index) => {
    const each = judged[index];
    if (each === undefined || each.verdict === 'importable') return;
    const { verdict, reason } = each;
    const leadId = each.verdict === 'duplicate' ? each.leadId : '';
    const correction = { rowNo, verdict, reason, duplicateOfRow: 0, leadId };
    corrections.set(batch, [...(corrections.get(batch) ?? []), correction]);
    overtaken++;
    if (verdict === 'rejected') rejected++;
  });
  await imports.correct(scope, row.importId, corrections);
  await imports.change(scope, row.importId, {
    afterName: people.at(-1)?.fingerprint ?? row.afterName,
    importable: row.importable - overtaken,
    imported: row.imported + people.length - overtaken,
    duplicates: row.duplicates + overtaken - rejected,
    rejected: row.rejected + rejected,
  });
}
