import type { Instant } from '@overture/kernel';
import type { ActionKind } from './kinds.js';
import type { LimitProfile } from './limits.js';
import type { Schedule } from './schedule.js';
import type { Usage } from './usage.js';

export type RuleName =
  | 'workspace_gate'
  | 'campaign_gate'
  | 'identity_gate'
  | 'not_before'
  | 'window'
  | 'in_flight'
  | 'spacing'
  | 'spacing_of_kind'
  | 'spacing_of_first_touch'
  | 'cap_24h'
  | 'cap_7d';

/** A planned action, as far as the time to go depends on it. */
export interface ActionToGo {
  readonly kind: ActionKind;
  readonly notBefore: Instant;
  /** The lead's IANA zone; empty: unknown. */
  readonly zone: string;
  readonly firstTouch: boolean;
}

export interface Gate {
  readonly open: boolean;
  readonly cause?: string;
}

export interface Facts {
  readonly gates: { readonly workspace: Gate; readonly campaign: Gate; readonly identity: Gate };
  readonly schedule: Schedule;
  readonly identityId: string;
  readonly identityZone?: string;
  readonly limits: LimitProfile;
  /** Of this identity, for this kind of action. */
  readonly usage: Usage;
  /** A claim of this identity that is not settled, and when its lease ends. */
  readonly inFlight?: { readonly until: Instant };
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
}

export interface Rule {
  readonly name: RuleName;
  /** Grows when the rule decides otherwise for the same inputs. */
  readonly version: number;
  readonly ask: (question: Question) => Answer;
}
