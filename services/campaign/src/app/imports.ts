import type { Instant } from '@overture/kernel';
import type { EventMeta } from '@overture/event-store';
import type { Admitted, Person } from './enroll-leads.js';
import type { SealedPerson } from './seal-people.js';
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
  readonly staged: readonly (StagedPerson & Pick<SealedPerson, 'sealed'>)[];
}

export type ImportChange = Partial<Omit<ImportRow, 'importId' | 'campaignId' | 'createdAt'>>;

/** Imports and their rows: staged, judged, invisible to everybody else until the import is committed. */
export abstract class Imports {
  abstract insert(scope: Scope, row: ImportRow): Promise<void>;
  abstract find(scope: Scope, importId: string): Promise<ImportRow | undefined>;
  /** The row, locked: one batch or one commit at a time. */
  abstract lock(scope: Scope, importId: string): Promise<ImportRow | undefined>;
  abstract change(scope: Scope, importId: string, change: ImportChange): Promise<void>;
  abstract stage(scope: Scope, importId: string, batch: JudgedBatch): Promise<void>;
  /** The rows of the file that already stand for these people, by fingerprint. */
  abstract stagedRows(
    scope: Scope,
    importId: string,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
  abstract verdictsOfBatch(
    scope: Scope,
    importId: string,
    batch: number,
  ): Promise<readonly RowVerdict[]>;
  abstract verdicts(
    scope: Scope,
    wanted: PageWanted & { importId: string; verdict: string },
  ): Promise<PageOf<RowVerdict>>;
  /** The next people who are not leads yet, in the order of the file. */
  abstract nextStaged(
    scope: Scope,
    importId: string,
    limit: number,
  ): Promise<readonly StagedPerson[]>;
  /** Takes people out of the stage and makes leads of the newcomers among them; nobody else sees what was sealed. */
  abstract moveStaged(
    scope: Scope,
    importId: string,
    moved: {
      readonly people: readonly StagedPerson[];
      readonly newcomers: readonly Admitted<StagedPerson>[];
    },
  ): Promise<void>;
  /** Replaces verdicts that did not hold at the commit, by batch. */
  abstract correct(
    scope: Scope,
    importId: string,
    corrections: ReadonlyMap<number, readonly RowVerdict[]>,
  ): Promise<void>;
  /** An import of this campaign that was promised and is not complete yet. */
  abstract isCommitting(scope: Scope, campaignId: string): Promise<boolean>;
  /** Across workspaces: imports whose commit is not complete. */
  abstract committing(): Promise<readonly { tenantId: string; importId: string }[]>;
}
