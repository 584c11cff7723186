import type { Instant } from '@overture/kernel';
import type { Trip } from './breaker.js';
import type { ActionKind } from './kinds.js';
import type { EffectiveLimits } from './limits.js';
import type { RegionDays, Schedule } from './schedule.js';
import type { Usage, WindowUse } from './usage.js';

/** In the order they are asked (F055): the first no ends the questions. */
export const ruleNames = [
  'workspace_gate',
  'campaign_gate',
  'identity_gate',
  'breaker',
  'provider_hold',
  'not_before',
  'window',
  'holiday',
  'identity_window',
  'in_flight',
  'spacing',
  'spacing_of_kind',
  'spacing_of_first_touch',
  'cap_24h',
  'cap_7d',
  'cap_day',
  'pending_invitations',
  'note_quota',
  'inmail_credits',
  'company_cap',
] as const;

export type RuleName = (typeof ruleNames)[number];

/** A planned action, as far as the time to go depends on it. */
export interface ActionToGo {
  readonly kind: ActionKind;
  readonly notBefore: Instant;
  /** The lead's IANA zone; empty: unknown. */
  readonly zone: string;
  readonly firstTouch: boolean;
  /** An invitation with a note; absent: without. */
  readonly hasNote?: boolean;
}

export interface Gate {
  readonly open: boolean;
  readonly cause?: string;
}

/** What the rules look at. A fact that is absent stands in nobody's way. */
export interface Facts {
  readonly gates: { readonly workspace: Gate; readonly campaign: Gate; readonly identity: Gate };
  /** Of the campaign, in the lead's zone. */
  readonly schedule: Schedule;
  readonly identityId: string;
  readonly identityZone?: string;
  /** The identity's own working hours, in its zone. */
  readonly identityHours?: Schedule;
  /** Days on which nothing is sent, where the lead is and where the identity is (F037). */
  readonly holidays?: { readonly lead?: RegionDays; readonly identity?: RegionDays };
  readonly limits: EffectiveLimits;
  /** Of this identity, for this kind of action. */
  readonly usage: Usage;
  /** A claim of this identity that is not settled, and when its lease ends. */
  readonly inFlight?: { readonly until: Instant };
  /** What the provider asked this kind of action to wait for (F030, F031). */
  readonly hold?: { readonly until: Instant; readonly cause: string };
  /** Tripped, and not yet closed by a success (F032). */
  readonly breaker?: Trip;
  /** Invitations of this identity that nobody has answered, as last seen. */
  readonly pendingInvitations?: number;
  /** Invitations of this identity that carried a note, in the last 31 days (F027). */
  readonly notes?: NotesUsed;
  /** What an invitation does once the notes are used up; absent: it goes without. */
  readonly whenNotesUsedUp?: 'send_without' | 'wait';
  readonly inmail?: InmailBalance;
  readonly company?: CompanyFacts;
}

export interface NotesUsed extends WindowUse {
  /** How many LinkedIn says are left; absent: not known. */
  readonly left?: number;
}

/** InMails paid for and not yet used; whoever reads the balance takes off what was claimed since it was seen. */
export interface InmailBalance {
  readonly credits: number;
  readonly renewsAt?: Instant;
}

/** What the workspace has done at the lead's company (F034). Of one lead, unlike every other fact. */
export interface CompanyFacts {
  readonly cap: CompanyCap;
  /** Others first contacted within the days; `blockingAt` is the `cap.people`-th newest of these contacts. */
  readonly people: WindowUse;
  /** This person was contacted within the days already, in another campaign: nobody new hears from us. */
  readonly contacted?: boolean;
}

/** At most so many people of one company are first contacted in so many days. */
export interface CompanyCap {
  readonly people: number;
  readonly days: number;
}

/** Everything a rule may look at; milliseconds where a rule calculates. */
export interface Question {
  readonly action: ActionToGo;
  readonly facts: Facts;
  readonly now: Instant;
  readonly nowMs: number;
}

export interface Answer {
  readonly passed: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** For a no: when it could become a yes; absent when time alone changes nothing. */
  readonly untilMs?: number;
  /** For a yes to an invitation that wants a note. */
  readonly note?: Note;
}

/** Whether an invitation carries its note; `without` is a fallback the claim records (F027, P20). */
export type Note = 'with' | 'without';

export interface Rule<Asked = Question> {
  readonly name: RuleName;
  /** Grows when the rule decides otherwise for the same inputs. */
  readonly version: number;
  readonly ask: (question: Asked) => Answer;
}
