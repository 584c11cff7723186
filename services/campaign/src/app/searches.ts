import type { Instant } from '@overture/kernel';
import type { EventMeta } from '@overture/event-store';
import type { Refuses, Waits } from './ask-identity.js';
import { ReadingJobs } from './reading-jobs.js';
import type { Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

export interface SearchRow {
  /** Also the id of the import it fills. */
  readonly searchId: string;
  readonly campaignId: string;
  readonly identityId: string;
  readonly searchUrl: string;
  /** Why whoever it finds is picked, in words for people (S3-14). */
  readonly name: string;
  readonly maxLeads: number;
  readonly commits: boolean;
  readonly status: 'reading' | 'ended';
  readonly reason: string;
  readonly nextAt: Instant;
  readonly cursor: string;
  readonly cursorAt?: Instant;
  readonly turns: number;
  readonly pages: number;
  readonly people: number;
  readonly restarts: number;
  /** Who began it. */
  readonly meta: EventMeta;
  readonly createdAt: Instant;
}

export type SearchChange = Partial<
  Pick<
    SearchRow,
    | 'status'
    | 'reason'
    | 'nextAt'
    | 'cursor'
    | 'cursorAt'
    | 'turns'
    | 'pages'
    | 'people'
    | 'restarts'
  >
>;

/** A search whose next page is due, in whatever workspace. */
export interface DueSearch extends SearchRow {
  readonly tenantId: string;
}

/** Searches, and the names of whom each has found. */
export abstract class Searches extends ReadingJobs<DueSearch> {
  abstract insert(scope: Scope, row: SearchRow): Promise<void>;
  abstract find(scope: Scope, searchId: string): Promise<SearchRow | undefined>;
  abstract list(
    scope: Scope,
    wanted: PageWanted & { readonly campaignId: string },
  ): Promise<PageOf<SearchRow>>;
  abstract change(scope: Scope, searchId: string, change: SearchChange): Promise<void>;
  /** Of these names, those under which the search has found somebody before. */
  abstract known(
    scope: Scope,
    searchId: string,
    names: readonly string[],
  ): Promise<ReadonlySet<string>>;
  abstract learn(scope: Scope, searchId: string, names: readonly string[]): Promise<void>;
  /** Nothing it staged is kept any longer: it has ended, and the names are forgotten. */
  abstract forget(scope: Scope, searchId: string): Promise<void>;
  /** A search that will make leads of whom it finds keeps its campaign from finishing. */
  abstract willCommit(scope: Scope, campaignId: string): Promise<boolean>;
}

/** A person as LinkedIn shows them to an identity; what is empty it does not show. */
export interface FoundPerson {
  readonly fullName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly headline: string;
  readonly jobTitle: string;
  readonly companyName: string;
  readonly location: string;
  readonly connectionDegree: string;
  readonly linkedinUrl: string;
  /** Of every name the person is shown under; without any, of how they are described. */
  readonly fingerprints: readonly string[];
}

export type SearchAnswer =
  | {
      readonly outcome: 'read';
      readonly people: readonly FoundPerson[];
      /** Empty on the last page. */
      readonly nextCursor: string;
      /** When the identity may read the next page. */
      readonly nextAt: Instant;
    }
  | Waits
  | Refuses;

/** The account that searches, as far as a search depends on it. */
export interface SearchingIdentity {
  readonly provider: string;
  readonly tier: string;
}

/** LinkedIn's people search, asked of sync, outside any transaction. */
export abstract class PeopleSearch {
  /** Undefined: no identity of the workspace. */
  abstract identity(tenantId: string, identityId: string): Promise<SearchingIdentity | undefined>;
  abstract page(
    tenantId: string,
    wanted: Pick<SearchRow, 'identityId' | 'searchUrl' | 'cursor'>,
  ): Promise<SearchAnswer>;
}
