import type { Instant } from '@overture/kernel';
import type { EventMeta } from '@overture/event-store';
import type { Person } from './enroll-leads.js';
import type { Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

export type ImportStatus = 'receiving' | 'checked' | 'committing' | 'committed' | 'failed';

export interface ImportRow {
  readonly importId: string;
  /** Empty: into the workspace only. */
  readonly campaignId: string;
  readonly fileName: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly status: ImportStatus;
  readonly nextBatch: number;
  readonly rows: number;
  /** The number of the last row that has arrived; the next ones come after it. */
  readonly lastRow: number;
  /** The name of the last person a commit has dealt with. */
  readonly afterName: string;
  /** Nothing of it is staged any more. */
  readonly cleared: boolean;
  readonly importable: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Who committed it. */
  readonly meta: EventMeta;
  readonly createdAt: Instant;
}

export type Verdict = 'importable' | 'imported' | 'duplicate' | 'rejected';

export interface RowVerdict {
  readonly rowNo: number;
  readonly verdict: Verdict;
  readonly reason: string;
  /** 0: not a duplicate within the file. */
  readonly duplicateOfRow: number;
  readonly leadId: string;
}

/** A person of an import who is no lead yet. */
export interface StagedPerson extends Person {
  readonly rowNo: number;
  readonly batch: number;
}

export interface JudgedBatch {
  readonly batch: number;
  readonly verdicts: readonly RowVerdict[];
}

export type ImportChange = Partial<Omit<ImportRow, 'importId' | 'campaignId' | 'createdAt'>>;

/** Imports and their rows: staged, judged, invisible to everybody else until the import is committed. */
export abstract class Imports {
  abstract insert(scope: Scope, row: ImportRow): Promise<void>;
  abstract find(scope: Scope, importId: string): Promise<ImportRow | undefined>;
  /** The row, locked: one batch or one commit at a time. */
  abstract lock(scope: Scope, importId: string): Promise<ImportRow | undefined>;
  abstract change(scope: Scope, importId: string, change: ImportChange): Promise<void>;
  /** The verdicts of a batch. */
  abstract keep(scope: Scope, importId: string, batch: JudgedBatch): Promise<void>;
  abstract verdictsOfBatch(
    scope: Scope,
    importId: string,
    batch: number,
  ): Promise<readonly RowVerdict[]>;
  abstract verdicts(
    scope: Scope,
    wanted: PageWanted & { importId: string; verdict: string },
  ): Promise<PageOf<RowVerdict>>;
  /** Claims people for rows of the file; gives the rows that repeat an earlier one, each with that row. */
  abstract claim(
    scope: Scope,
    importId: string,
    people: readonly StagedPerson[],
  ): Promise<ReadonlyMap<number, number>>;
  /** Staged people by name, from behind a name on. */
  abstract staged(
    scope: Scope,
    importId: string,
    page: { afterName: string; limit: number },
  ): Promise<readonly StagedPerson[]>;
  abstract unstage(scope: Scope, importId: string, names: readonly string[]): Promise<void>;
  /** Replaces verdicts that did not hold at the commit, by batch. */
  abstract correct(
    scope: Scope,
    importId: string,
    corrections: ReadonlyMap<number, readonly RowVerdict[]>,
  ): Promise<void>;
  /** An import of this campaign that was promised and is not complete yet. */
  abstract isCommitting(scope: Scope, campaignId: string): Promise<boolean>;
  /** Across workspaces: imports begun before then, or failed, of which something is still staged; the oldest first. */
  abstract kept(before: Instant): Promise<readonly { tenantId: string; importId: string }[]>;
  /** When the oldest import of which something is still staged was begun. */
  abstract oldestKept(): Promise<Instant | undefined>;
  /** Across workspaces: imports whose commit is not complete. */
  abstract committing(): Promise<readonly { tenantId: string; importId: string }[]>;
}
