import { DomainError, InvalidInputError, NotFoundError } from '@overture/kernel';
import { judgeLeads, type Candidate, type Judgement } from './judge-leads.js';
import type { ImportChange, ImportRow, RowVerdict } from './imports.js';
import type { NewLead } from './lead-details.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import { sealPeople, type SealedPerson } from './seal-people.js';

/** A row of a file. The number is the line, as an editor shows it. */
export interface FileRow extends Candidate {
  readonly rowNo: number;
  readonly lead: NewLead;
}

export interface RowBatch {
  readonly importId: string;
  /** From 0; a batch that comes again changes nothing and is answered as before. */
  readonly batch: number;
  readonly rows: readonly FileRow[];
}

const rowsMax = 2_000;

/** Judges and stages one batch of a file (F046, P19): a verdict per row, nobody is a lead yet. */
export async function appendImportRows(
  ports: Ports,
  caller: Caller,
  { importId, batch, rows }: RowBatch,
): Promise<readonly RowVerdict[]> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await lockedImport(ports, scope, importId);
    if (batch < row.nextBatch) return ports.imports.verdictsOfBatch(scope, importId, batch);
    refuseUnlessNext(row, batch);
    refuseUnfit(row, rows);
    const judged = await judgeRows(ports, scope, row, rows);
    const verdicts = rows.map((each, index) => verdictOf(each, judged[index] as Judged));
    const staged = await sealed(ports, scope, rows, judged);
    const numbered = withLeads(verdicts, staged);
    const people = staged.map((person) => ({ ...person, batch }));
    await ports.imports.stage(scope, importId, { batch, verdicts: numbered, staged: people });
    await ports.imports.change(scope, importId, counted(row, verdicts));
    return numbered;
  });
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

type Judged = Judgement & { readonly duplicateOfRow?: number };

/** The workspace's word on each row, then the file's own: the first row of a person stands, the others repeat it. */
async function judgeRows(
  ports: Ports,
  scope: Scope,
  { importId, campaignId }: ImportRow,
  rows: readonly FileRow[],
): Promise<Judged[]> {
  const judged = await judgeLeads(ports, scope, campaignId, rows);
  const names = judged.flatMap((each) => ('fingerprint' in each ? [each.fingerprint] : []));
  const firsts = new Map(await ports.imports.stagedRows(scope, importId, names));
  return judged.map((each, index): Judged => {
    if (each.verdict !== 'importable') return each;
    const duplicateOfRow = firsts.get(each.fingerprint);
    if (duplicateOfRow === undefined) {
      firsts.set(each.fingerprint, rows[index]?.rowNo ?? 0);
      return each;
    }
    const reason = `The same person as row ${duplicateOfRow}.`;
    return { verdict: 'duplicate', reason, leadId: '', duplicateOfRow };
  });
}

type SealedRow = SealedPerson & { readonly rowNo: number };

async function sealed(
  ports: Ports,
  scope: Scope,
  rows: readonly FileRow[],
  judgements: readonly Judged[],
): Promise<SealedRow[]> {
  const importable = rows.flatMap(({ lead, rowNo }, index) => {
    const judged = judgements[index];
    return judged?.verdict === 'importable' ? [{ lead, judged, rowNo }] : [];
  });
  const people = await sealPeople(ports, scope, importable);
  return people.map((person, index) => ({ ...person, rowNo: importable[index]?.rowNo ?? 0 }));
}

function verdictOf({ rowNo }: FileRow, judged: Judged): RowVerdict {
  const { verdict, duplicateOfRow = 0 } = judged;
  const reason = judged.verdict === 'importable' ? '' : judged.reason;
  const leadId = judged.verdict === 'rejected' ? '' : judged.leadId;
  return { rowNo, verdict, reason, duplicateOfRow, leadId };
}

function withLeads(verdicts: readonly RowVerdict[], staged: readonly SealedRow[]): RowVerdict[] {
  const leads = new Map(staged.map(({ rowNo, leadId }) => [rowNo, leadId]));
  return verdicts.map((each) => ({ ...each, leadId: leads.get(each.rowNo) ?? each.leadId }));
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
  throw new DomainError('import/batch-missing', `Expected batch ${nextBatch}, found ${batch}.`, {
    importId,
    expected: nextBatch,
    found: batch,
  });
}
