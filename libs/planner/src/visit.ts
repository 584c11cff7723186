import type { Instant } from '@overture/kernel';
import {
  companyFacts,
  type ActionToGo,
  type CompanyCap,
  type CompanyContact,
  type EffectiveLimits,
  type Facts,
  type Gate,
  type RegionDays,
  type Schedule,
  type Usage,
} from '@overture/policy';
import type { QueueName } from './queue.js';

/** Where a timetable keeps something; means nothing to anybody else, and nothing after its transaction. */
export type Row = string;

/** The action at the front of a queue. */
export interface Head {
  readonly row: Row;
  readonly actionId: string;
  readonly leadId: string;
  readonly dueAt: Instant;
  /** Of its claim stream. */
  readonly version: number;
  /** An invitation that is to carry a note. */
  readonly hasNote?: boolean;
  /** Of a first contact, where the campaign counts the people of a company (F034). */
  readonly company?: CompanyOfHead;
}

export interface CompanyOfHead {
  readonly key: string;
  readonly cap: CompanyCap;
  /** Who of it was first contacted lately, by anybody of the workspace. */
  readonly contacts: readonly CompanyContact[];
}

/** A queue whose next slot has come, with what the rules look at. */
export interface DueQueue extends QueueName {
  readonly row: Row;
  readonly queueId: number;
  readonly gate: Gate;
  readonly schedule: Schedule;
  /** Holidays where its leads are. */
  readonly holidays?: RegionDays;
  readonly limits: EffectiveLimits;
  /** What the identity has done, by these limits. */
  readonly usage: Usage;
  /** How many uses its lane has in the ledger: the next one is written behind them. */
  readonly uses: number;
  /** What the campaign's invitations do once the month's notes are used up; absent: they go without. */
  readonly whenNotesUsedUp?: NonNullable<Facts['whenNotesUsedUp']>;
  /** What LinkedIn still allows of this kind, where it says so. */
  readonly allowances?: Allowances;
  /** What the provider, or a refusal, asked this lane to wait for. */
  readonly hold?: NonNullable<Facts['hold']>;
  /** Who is due first; absent when nobody waits. */
  readonly head?: Head;
  /** When the one behind is due. */
  readonly nextDueAt?: Instant;
}

export type Allowances = Pick<Facts, 'inmail' | 'notes' | 'pendingInvitations'>;

/** What the rules look at about an identity, whatever it does next. */
export interface Standing extends Pick<Facts, 'breaker' | 'identityHours' | 'inFlight'> {
  readonly identityZone: string;
  readonly gate: Gate;
  /** Holidays that the identity keeps. */
  readonly holidays?: RegionDays;
}

/** An identity whose time to be looked at has come. */
export interface Visit {
  readonly row: Row;
  readonly tenantId: string;
  readonly identityId: string;
  readonly standing: Standing;
  readonly queues: readonly DueQueue[];
  /** The earliest slot of its other queues. */
  readonly otherSlotAt?: Instant;
}

/** What a verdict is asked about, and by which facts. */
export interface Question {
  readonly action: ActionToGo;
  readonly facts: Facts;
}

/** What has to be known to ask about an action of a queue. */
type AskedQueue = Omit<DueQueue, 'row' | 'queueId' | 'uses' | 'head' | 'nextDueAt'>;
type AskedAction = Pick<Head, 'leadId' | 'dueAt' | 'hasNote' | 'company'>;

/** The question of whether this action of this queue may go now. */
export function questionOf(
  { identityId, standing }: Pick<Visit, 'identityId' | 'standing'>,
  queue: AskedQueue,
  { leadId, dueAt: notBefore, hasNote = false, company }: AskedAction,
  now: Instant,
): Question {
  const { kind, zone, firstTouch, gate, schedule, limits, usage, allowances, hold } = queue;
  const { whenNotesUsedUp } = queue;
  const { gate: identity, holidays: own, ...same } = standing;
  const gates = { workspace: open, campaign: gate, identity };
  return {
    action: { kind, notBefore, zone, firstTouch, ...(hasNote && { hasNote }) },
    facts: {
      ...same,
      ...allowances,
      gates,
      schedule,
      identityId,
      limits,
      usage,
      ...(hold && { hold }),
      ...(whenNotesUsedUp && { whenNotesUsedUp }),
      ...holidaysOf(queue.holidays, own),
      ...(company && { company: companyFacts(company.cap, company.contacts, { leadId, now }) }),
    },
  };
}

function holidaysOf(lead?: RegionDays, identity?: RegionDays): Pick<Facts, 'holidays'> {
  if (lead === undefined && identity === undefined) return {};
  return { holidays: { ...(lead && { lead }), ...(identity && { identity }) } };
}

const open: Gate = { open: true };
