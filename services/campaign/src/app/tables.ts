import type { Instant } from '@overture/kernel';
import type { EventMeta, Sealed } from '@overture/event-store';
import type {
  CampaignSettings,
  CampaignStatus,
  CampaignType,
  Sequence,
  Step,
} from '@overture/domain-campaign';
import type { Schedule, Tier } from '@overture/policy';
import type { RevisedSequence } from './campaign-view.js';
import type { LeadsWanted } from './leads.js';
import type { Scope } from './scope.js';

/** A page of a list, by cursor. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

export interface PageWanted {
  readonly limit: number;
  readonly cursor: string;
}

export interface CampaignRow {
  readonly campaignId: string;
  readonly name: string;
  readonly type: CampaignType;
  readonly status: CampaignStatus;
  readonly identityIds: readonly string[];
  readonly sequenceVersion: number;
  readonly schedule: Schedule;
  readonly settings: CampaignSettings;
  readonly createdAt: Instant;
  readonly launchedAt?: Instant;
  readonly version: number;
}

export abstract class Campaigns {
  abstract save(
    scope: Scope,
    row: CampaignRow,
    sequences?: readonly RevisedSequence[],
  ): Promise<void>;
  abstract find(scope: Scope, campaignId: string): Promise<CampaignRow | undefined>;
  abstract list(scope: Scope, page: PageWanted): Promise<PageOf<CampaignRow>>;
  abstract names(
    scope: Scope,
    campaignIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Launched ones that act through one of these identities. */
  abstract launchedWith(
    scope: Scope,
    identityIds: readonly string[],
  ): Promise<readonly CampaignRow[]>;
  abstract sequence(scope: Scope, campaignId: string, version: number): Promise<Sequence>;
  /** Every version, newest first. */
  abstract versions(scope: Scope, campaignId: string): Promise<readonly RevisedSequence[]>;
  /** How many leads are under way on each version. */
  abstract followers(scope: Scope, campaignId: string): Promise<ReadonlyMap<number, number>>;
}

export type GateKind = 'workspace' | 'campaign' | 'identity' | 'login';

export interface GateName {
  readonly kind: GateKind;
  readonly gateId: string;
}

export interface Gate extends GateName {
  readonly open: boolean;
  readonly cause: string;
  readonly epoch: number;
}

export abstract class Gates {
  /** Makes the rows that are missing, open: an intent can only hold a row that exists. */
  abstract ensure(scope: Scope, names: readonly GateName[]): Promise<void>;
  /** The row, locked against intents until the transaction ends; a missing one is made, open. */
  abstract lock(scope: Scope, name: GateName): Promise<Gate>;
  abstract set(scope: Scope, gate: Gate): Promise<void>;
  /** Rows as they are, without a lock; missing ones are open. */
  abstract closed(scope: Scope, names: readonly GateName[]): Promise<readonly Gate[]>;
  /** The rows, held in share mode until the transaction ends: whoever closes one of them waits. */
  abstract hold(scope: Scope, names: readonly GateName[]): Promise<readonly Gate[]>;
}

export interface LeadRow {
  readonly leadId: string;
  readonly sealed: Sealed;
  readonly fingerprints: readonly string[];
  readonly timeZone: string;
  readonly company: string;
  readonly identityId: string;
  /** Empty: added by a call. */
  readonly importId: string;
  readonly createdAt: Instant;
  /** Of e-mail address and domains, for do-not-contact. */
  readonly marks: readonly string[];
  /** The older lead who proved to be the same person; empty: nobody. */
  readonly duplicateOf: string;
  readonly version: number;
  /** When its profile was last read; absent: never since it came. */
  readonly enrichedAt?: Instant;
}

/** A lead as it is first written. */
export type NewLeadRow = Omit<LeadRow, 'duplicateOf' | 'version' | 'enrichedAt'> & SegmentedRow;

/** What a change of its fields writes. */
export type ChangedLeadRow = Pick<
  LeadRow,
  'sealed' | 'timeZone' | 'company' | 'marks' | 'enrichedAt'
> &
  SegmentedRow;

/** By what segments find a lead. */
export interface SegmentedRow {
  readonly words: readonly string[];
}

/** What a workspace knows of a person before they are added. */
export interface Standing {
  readonly leadId: string;
  readonly identityId: string;
  readonly fingerprints: readonly string[];
  readonly inCampaign: boolean;
  /** In another campaign that still works this person, and one of the two is exclusive. */
  readonly elsewhere: boolean;
  /** In any other campaign at any time, where the rules say that once is enough. */
  readonly before: boolean;
  /** Written to in another campaign and never heard of, where the rules ask for it. */
  readonly unanswered: boolean;
  readonly blocked: boolean;
}

export interface NamedPerson {
  readonly fingerprint: string;
  readonly company: string;
  readonly marks?: readonly string[];
  /** Of whose row is written already; its marks count. */
  readonly leadId?: string;
}

export abstract class Leads {
  /** Lets one transaction at a time add people to a workspace, so that nobody is added twice. */
  abstract lockAdding(scope: Scope): Promise<void>;
  /** In the order asked; undefined for somebody nobody knows and nothing forbids. */
  abstract standings(
    scope: Scope,
    campaignId: string,
    people: readonly NamedPerson[],
    /** A campaign that does not count, because they leave it for this one. */
    leavingId?: string,
  ): Promise<readonly (Standing | undefined)[]>;
  abstract insert(scope: Scope, rows: readonly NewLeadRow[]): Promise<void>;
  /** Of people who were staged and are nobody's leads after all; their keys go too. */
  abstract discard(scope: Scope, leadIds: readonly string[]): Promise<void>;
  /** Whose names these are from this transaction on. */
  abstract name(
    scope: Scope,
    names: readonly { leadId: string; fingerprint: string }[],
  ): Promise<void>;
  /** The first sender of a lead stays its sender (F098). */
  abstract keepSender(
    scope: Scope,
    senders: readonly { leadId: string; identityId: string }[],
  ): Promise<void>;
  abstract find(scope: Scope, leadIds: readonly string[]): Promise<readonly LeadRow[]>;
  /** The row, locked: one change at a time. */
  abstract lock(scope: Scope, leadId: string): Promise<LeadRow | undefined>;
  abstract change(scope: Scope, leadId: string, change: ChangedLeadRow): Promise<void>;
  abstract list(scope: Scope, wanted: LeadsWanted): Promise<PageOf<LeadRow>>;
  /** Names that belong to somebody already stay with them. */
  abstract recognize(scope: Scope, leadId: string, fingerprints: readonly string[]): Promise<void>;
}

export interface FanOut {
  readonly kind: 'pause' | 'resume';
  readonly identityId: string;
  readonly pauseId: string;
  readonly cause: string;
  readonly meta: EventMeta;
  readonly createdAt: Instant;
}

export interface OpenFanOut extends FanOut {
  readonly fanoutNo: number;
  readonly afterId: string;
  /** A pause that is over before everybody heard of it: the others need not. */
  readonly superseded: boolean;
}

export abstract class FanOuts {
  abstract open(scope: Scope, fanOut: FanOut): Promise<void>;
  /** The oldest unfinished one of the identity, locked; undefined when there is none or another process has it. */
  abstract take(scope: Scope, identityId: string): Promise<OpenFanOut | undefined>;
  abstract advance(scope: Scope, fanoutNo: number, afterId: string): Promise<void>;
  abstract close(scope: Scope, fanoutNo: number, at: Instant): Promise<void>;
  /** Across workspaces: whose history is still to be written. */
  abstract pending(): Promise<readonly { tenantId: string; identityId: string }[]>;
}

/** What an intent is decided on, beside the enrollment's stream. */
export interface IntentFacts {
  readonly lead: LeadRow;
  readonly schedule: Schedule;
  /** Of the version the enrollment recorded. */
  readonly steps: readonly Step[];
  /** Of an identity nobody told us of yet: the one that may say least. */
  readonly tier: Tier;
  /** Empty: not known. */
  readonly identityZone: string;
  readonly identityHours?: Schedule;
  readonly holidayRegion: string;
  /** On do-not-contact, by any of their names or by company. */
  readonly listed: boolean;
  /** Another campaign works this person, and one of the two is exclusive. */
  readonly workedElsewhere: boolean;
  /** Somebody of the same company has answered in this campaign, and it stops at that. */
  readonly colleagueReplied: boolean;
}

export abstract class Intents {
  /** The gates of an enrollment, held in share mode until the intent commits: whoever closes one of them waits. */
  abstract hold(scope: Scope, enrollmentId: string): Promise<readonly Gate[]>;
  abstract facts(scope: Scope, enrollmentId: string): Promise<IntentFacts | undefined>;
}
