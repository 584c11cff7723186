import type { Instant } from '@overture/kernel';
import {
  verdict,
  type ActionToGo,
  type Facts,
  type Gate,
  type LimitProfile,
  type Schedule,
} from '@overture/policy';
import { usageAfter, usageNow, type Ledger } from './ledger.js';
import type { QueueName } from './timetable.js';

/** Where the timetable keeps something; means nothing to anybody else, and nothing after the transaction. */
export type Row = string;

/** The action at the front of a queue. */
export interface Head {
  readonly row: Row;
  readonly actionId: string;
  readonly leadId: string;
  readonly dueAt: Instant;
  /** Of its claim stream. */
  readonly version: number;
}

/** A queue whose next slot has come. */
export interface DueQueue extends QueueName {
  readonly row: Row;
  readonly queueId: number;
  readonly gate: Gate;
  readonly schedule: Schedule;
  /** What the provider, or a refusal, asked this lane to wait for. */
  readonly hold?: { readonly until: Instant; readonly cause: string };
  /** Who is due first; absent when nobody waits. */
  readonly head?: Head;
  /** When the one behind is due. */
  readonly nextDueAt?: Instant;
}

/** An identity whose time to be looked at has come, with everything its rules look at. */
export interface Visit {
  readonly row: Row;
  readonly tenantId: string;
  readonly identityId: string;
  readonly zone: string;
  readonly limits: LimitProfile;
  readonly queues: readonly DueQueue[];
  readonly ledger: Ledger;
  /** The earliest slot of its other queues. */
  readonly otherSlotAt?: Instant;
}

export interface Claim {
  readonly queue: DueQueue;
  readonly head: Head;
}

export interface QueueSlot {
  readonly queue: DueQueue;
  /** Absent: nothing of this queue can go before something happens. */
  readonly nextSlotAt?: Instant;
  readonly reason: string;
}

/** What a visit decides: at most one claim, and when it is worth looking again. */
export interface Decision {
  readonly visit: Visit;
  readonly claim?: Claim;
  readonly slots: readonly QueueSlot[];
  readonly nextSlotAt?: Instant;
}

/**
 * Chooses the identity's next action, one at a time: follow-ups before new leads, then who is due longest. Pure, so
 * that the forecast and every test may ask at any instant.
 */
export function decideVisit(visit: Visit, now: Instant): Decision {
  const claim = [...visit.queues]
    .sort(byTurn)
    .map((queue) => ({ queue, head: queue.head }))
    .find(({ queue, head }) => head && mayGo(visit, { queue, head }, now)) as Claim | undefined;
  const slots = visit.queues.map((queue) => slotOf(visit, { queue, claim }, now));
  const nextSlotAt = soonest([visit.otherSlotAt, ...slots.map((slot) => slot.nextSlotAt)]);
  return { visit, slots, ...(claim && { claim }), ...(nextSlotAt && { nextSlotAt }) };
}

function byTurn(a: DueQueue, b: DueQueue): number {
  const [first, second] = [a.head, b.head];
  if (first === undefined || second === undefined) return first === undefined ? 1 : -1;
  if (a.priority !== b.priority) return a.priority - b.priority;
  const [left, right] = [first.dueAt + first.actionId, second.dueAt + second.actionId];
  return left < right ? -1 : 1;
}

function mayGo(visit: Visit, { queue, head: { dueAt } }: Claim, now: Instant): boolean {
  return ask(questionOf(visit, { queue, dueAt }, now), now).go;
}

const roundsMax = 20;

/**
 * When the queue's next action could go, were nothing else to happen: the slot people count down to (F042). Asked with
 * the claim already in the ledger, so that the identity is looked at again when another may go, and not sooner.
 */
function slotOf(
  visit: Visit,
  { queue, claim }: { queue: DueQueue; claim: Claim | undefined },
  now: Instant,
): QueueSlot {
  if (!queue.gate.open) return { queue, reason: 'campaign_gate' };
  const dueAt = claim?.queue === queue ? queue.nextDueAt : queue.head?.dueAt;
  if (dueAt === undefined) return { queue, reason: '' };
  return firstSlot(questionOf(visit, { queue, dueAt, after: claim }, now), queue, now);
}

function firstSlot(question: Question, queue: DueQueue, now: Instant): QueueSlot {
  let slot = { queue, nextSlotAt: now, reason: '' };
  for (let round = 0; round < roundsMax; round++) {
    const { go, until, because } = ask(question, slot.nextSlotAt);
    if (go) return slot;
    if (until === undefined) return { queue, reason: because };
    slot = { queue, nextSlotAt: until, reason: because };
  }
  return slot;
}

interface Question {
  readonly action: ActionToGo;
  readonly facts: Facts;
  readonly hold: DueQueue['hold'];
}

function questionOf(
  { identityId, zone, limits, ledger }: Visit,
  { queue, dueAt, after }: { queue: DueQueue; dueAt: Instant; after?: Claim | undefined },
  now: Instant,
): Question {
  const { hold, kind, firstTouch, gate, schedule } = queue;
  const usage =
    after === undefined
      ? usageNow(ledger, kind)
      : usageAfter(ledger, kind, { ...usedBy(after), at: now, limits });
  const gates = { workspace: open, campaign: gate, identity: open };
  return {
    hold,
    action: { kind, notBefore: dueAt, zone: queue.zone, firstTouch },
    facts: { gates, schedule, identityId, identityZone: zone, limits, usage },
  };
}

function usedBy({ queue: { kind, firstTouch } }: Claim) {
  return { kind, firstTouch };
}

interface Ruling {
  readonly go: boolean;
  readonly because: string;
  readonly until?: Instant | undefined;
}

function ask({ action, facts, hold }: Question, at: Instant): Ruling {
  if (hold !== undefined && hold.until > at) {
    return { go: false, because: hold.cause, until: hold.until };
  }
  const answer = verdict(action, facts, at);
  return answer.go ? { go: true, because: '' } : answer;
}

const open: Gate = { open: true };

function soonest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
}
