import { DomainError, InvalidInputError, NotFoundError } from '@overture/kernel';
import { ConflictError } from '@overture/event-store';
import { judgeLeads, readLeads, type Judgement, type Read } from './judge-leads.js';
import type { ImportChange, ImportRow, RowVerdict, StagedPerson } from './imports.js';
import type { NewLead } from './lead-details.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow } from './tables.js';
import { candidatesOf, writePeople, type Candidate } from './write-people.js';

/** A row of a file. The number is the line, as an editor shows it. */
export interface FileRow {
  readonly rowNo: number;
  readonly lead: NewLead;
  /** Set when the row could not be read at all. */
  readonly problem: string;
}

export interface RowBatch {
  readonly importId: string;
  /** From 0; a batch that comes again changes nothing and is answered as before. */
  readonly batch: number;
  readonly rows: readonly FileRow[];
}

const rowsMax = 2_000;
/** How many batches a caller may send before it has the answer to an earlier one. */
const batchesAheadMax = 4;

/** Judges and stages one batch of a file (F046, P19): a verdict per row, nobody is a lead yet. */
export async function appendImportRows(
  ports: Ports,
  caller: Caller,
  { importId, batch, rows }: RowBatch,
): Promise<readonly RowVerdict[]> {
  const read = readLeads(ports, caller.tenantId, rows);
  // Before the lock: while one batch is stored, the next ones are read, judged and sealed, once each.
  const checked = await inTransaction(ports, caller, (scope) =>
    check(ports, scope, importId, { rows, read }),
  );
  return inTransaction(ports, caller, async (scope) => {
    const row = await lockedImport(ports, scope, importId);
    if (batch < row.nextBatch) return ports.imports.verdictsOfBatch(scope, importId, batch);
    refuseUnlessNext(row, batch);
    refuseUnfit(row, rows);
    return storeBatch(ports, scope, row, { rows, checked });
  });
}

/** Stages whoever can become a lead and keeps the verdicts of the next rows; whoever calls holds the import. */
export async function storeBatch(
  ports: Ports,
  scope: Scope,
  row: ImportRow,
  { rows, checked }: { rows: readonly FileRow[]; checked: CheckedRows },
): Promise<RowVerdict[]> {
  const stages = await stage(ports, scope, row, { rows, checked });
  const verdicts = rows.map((each, place) => {
    return verdictOf(each, checked.judged[place] as Judgement, stages.get(place));
  });
  const { importId, nextBatch: batch } = row;
  await Promise.all([
    ports.imports.keep(scope, importId, { batch, verdicts }),
    ports.imports.change(scope, importId, counted(row, verdicts)),
  ]);
  return verdicts;
}

/** Rows, judged by what the workspace knows; whoever can become a lead is ready to be written. */
export interface CheckedRows {
  readonly campaign: CampaignRow | undefined;
  readonly judged: readonly Judgement[];
  readonly candidates: readonly Candidate[];
}

async function check(
  ports: Ports,
  scope: Scope,
  importId: string,
  { rows, read }: { rows: readonly FileRow[]; read: readonly Read[] },
): Promise<CheckedRows> {
  const row = await ports.imports.find(scope, importId);
  if (row === undefined) throw new NotFoundError('import', importId);
  const judged = await judgeLeads(ports, scope, row.campaignId, read);
  return checkedRows(ports, scope, row, { rows, judged });
}

/** Seals whoever passed the judgement. */
export async function checkedRows(
  ports: Ports,
  scope: Scope,
  { campaignId }: ImportRow,
  { rows, judged }: { rows: readonly FileRow[]; judged: readonly Judgement[] },
): Promise<CheckedRows> {
  const campaign = campaignId === '' ? undefined : await ports.campaigns.find(scope, campaignId);
  const candidates = candidatesOf(ports, scope.tenantId, rows, judged);
  return { campaign, judged, candidates };
}

export async function lockedImport(
  { imports }: Pick<Ports, 'imports'>,
  scope: Scope,
  importId: string,
): Promise<ImportRow> {
  const row = await imports.lock(scope, importId);
  if (row === undefined) throw new NotFoundError('import', importId);
  return row;
}

/** What became of an importable row: staged, or the repeat of an earlier row of the file. */
type Stage = { readonly leadId: string; readonly duplicateOfRow: number };

/** The first row of a person claims their name and stages them; the others repeat it. By place in the batch. */
async function stage(
  ports: Ports,
  scope: Scope,
  { importId, nextBatch: batch }: ImportRow,
  { rows, checked }: { rows: readonly FileRow[]; checked: CheckedRows },
): Promise<ReadonlyMap<number, Stage>> {
  const { campaign, candidates } = checked;
  const people = candidates.map(({ leadId, fingerprint, company, place }): StagedPerson => {
    return { leadId, fingerprint, company, rowNo: rows[place]?.rowNo ?? 0, batch };
  });
  const repeated = await ports.imports.claim(scope, importId, people);
  const firsts = candidates.filter(({ place }) => !repeated.has(rows[place]?.rowNo ?? 0));
  await writePeople(ports, scope, { campaign, importId }, firsts);
  return new Map(
    candidates.map(({ place, leadId }): [number, Stage] => {
      const duplicateOfRow = repeated.get(rows[place]?.rowNo ?? 0) ?? 0;
      return [place, { leadId: duplicateOfRow === 0 ? leadId : '', duplicateOfRow }];
    }),
  );
}

function verdictOf({ rowNo }: FileRow, judged: Judgement, stage: Stage | undefined): RowVerdict {
  const { verdict } = judged;
  if (judged.verdict === 'rejected') {
    return { rowNo, verdict, reason: judged.reason, duplicateOfRow: 0, leadId: '' };
  }
  if (judged.verdict === 'duplicate' || stage === undefined) {
    const reason = judged.verdict === 'duplicate' ? judged.reason : '';
    return { rowNo, verdict, reason, duplicateOfRow: 0, leadId: judged.leadId };
  }
  const { leadId, duplicateOfRow } = stage;
  if (duplicateOfRow === 0) return { rowNo, verdict, reason: '', duplicateOfRow, leadId };
  const reason = `The same person as row ${duplicateOfRow}.`;
  return { rowNo, verdict: 'duplicate', reason, duplicateOfRow, leadId };
}

function counted(row: ImportRow, verdicts: readonly RowVerdict[]): ImportChange {
  const count = (verdict: string) => verdicts.filter((each) => each.verdict === verdict).length;
  return {
    nextBatch: row.nextBatch + 1,
    rows: row.rows + verdicts.length,
    lastRow: verdicts.at(-1)?.rowNo ?? row.lastRow,
    importable: row.importable + count('importable'),
    duplicates: row.duplicates + count('duplicate'),
    rejected: row.rejected + count('rejected'),
  };
}

function refuseUnfit({ lastRow }: ImportRow, rows: readonly FileRow[]): void {
  if (rows.length > rowsMax) {
    throw new InvalidInputError([{ path: '/rows', message: `At most ${rowsMax} rows a batch.` }]);
  }
  let before = lastRow;
  for (const [index, { rowNo }] of rows.entries()) {
    if (rowNo <= before) {
      const message = `Rows come in the order of the file: expected more than ${before}, found ${rowNo}.`;
      throw new InvalidInputError([{ path: `/rows/${index}/row`, message }]);
    }
    before = rowNo;
  }
}

function refuseUnlessNext({ status, nextBatch, importId }: ImportRow, batch: number): void {
  if (status !== 'receiving') {
    throw new DomainError('import/closed', `This import is ${status}; it takes no more rows.`, {
      importId,
      status,
    });
  }
  if (batch === nextBatch) return;
  // The ones before it are on their way: this one overtook them, and is begun again when they are stored.
  if (batch <= nextBatch + batchesAheadMax) {
    throw new ConflictError(importId, `Batch ${batch} came before batch ${nextBatch}.`);
  }
  throw new DomainError('import/batch-missing', `Expected batch ${nextBatch}, found ${batch}.`, {
    importId,
    expected: nextBatch,
    found: batch,
  });
}
