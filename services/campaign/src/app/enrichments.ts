import type { Instant } from '@overture/kernel';
import type { EventMeta } from '@overture/event-store';
import type { Refuses, Waits } from './ask-identity.js';
import { ReadingJobs } from './reading-jobs.js';
import type { Scope } from './scope.js';
import type { FoundPerson } from './searches.js';

/** Profiles to be read again, of one lead or of a campaign (F050). */
export interface EnrichmentRow {
  readonly enrichmentId: string;
  /** One of the two is empty. */
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
  /** Whoever was read at this moment or later is fresh. */
  readonly freshSince: Instant;
  readonly status: 'reading' | 'ended';
  readonly reason: string;
  readonly nextAt: Instant;
  /** Everybody up to this one has had their turn. */
  readonly afterLeadId: string;
  readonly turns: number;
  /** As counted when it began. */
  readonly toRead: number;
  readonly fresh: number;
  readonly read: number;
  readonly renewed: number;
  readonly notAccessible: number;
  /** Reads of the identity's day. */
  readonly cost: number;
  /** Who began it. */
  readonly meta: EventMeta;
  readonly createdAt: Instant;
}

export type EnrichmentChange = Partial<
  Pick<
    EnrichmentRow,
    'status' | 'reason' | 'nextAt' | 'afterLeadId' | 'read' | 'renewed' | 'notAccessible' | 'cost'
  >
>;

/** One whose next profile is due, in whatever workspace. */
export interface DueEnrichment extends EnrichmentRow {
  readonly tenantId: string;
}

/** Whose profiles are meant, and who of them is fresh. */
export type Wanted = Pick<EnrichmentRow, 'campaignId' | 'leadId' | 'freshSince' | 'createdAt'>;

export abstract class Enrichments extends ReadingJobs<DueEnrichment> {
  abstract insert(scope: Scope, row: EnrichmentRow): Promise<void>;
  abstract find(scope: Scope, enrichmentId: string): Promise<EnrichmentRow | undefined>;
  /** False: it has ended, or somebody else went on meanwhile. */
  abstract change(
    scope: Scope,
    seen: Pick<EnrichmentRow, 'enrichmentId' | 'turns'>,
    change: EnrichmentChange,
  ): Promise<boolean>;
  /** Ends it wherever it is; one that has ended stays as it is. */
  abstract cancel(scope: Scope, enrichmentId: string): Promise<void>;
  abstract count(scope: Scope, wanted: Wanted): Promise<{ toRead: number; fresh: number }>;
  /** The next lead who is not fresh; undefined: everybody has had their turn. */
  abstract next(scope: Scope, row: EnrichmentRow): Promise<string | undefined>;
}

/** A person's own page, as LinkedIn shows it to an identity. */
export interface SeenPerson extends FoundPerson {
  /** The id that no change of the address changes; empty: not told. */
  readonly memberId: string;
}

export type ProfileAnswer =
  | { readonly outcome: 'read'; readonly person: SeenPerson; readonly nextAt: Instant }
  | (Waits & {
      /** It was asked, and nobody knows the answer. */
      readonly counted: boolean;
    })
  | Refuses;

/** Profiles, asked of sync, outside any transaction. */
export abstract class Profiles {
  abstract read(
    tenantId: string,
    wanted: { readonly identityId: string; readonly profileUrl: string },
  ): Promise<ProfileAnswer>;
  /** When the identity can have read so many more, were they the only ones; undefined: nothing is to be read. */
  abstract earliestEnd(
    tenantId: string,
    wanted: { readonly identityId: string; readonly reads: number },
  ): Promise<Instant | undefined>;
}
