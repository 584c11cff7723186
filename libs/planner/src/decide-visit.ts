import { latest, type Instant } from '@overture/kernel';
import { restEndsAt, verdict, type Verdict } from '@overture/policy';
import { questionOf, type DueQueue, type Head, type Question, type Visit } from './visit.js';

export interface Claim extends Question {
  readonly queue: DueQueue;
  readonly head: Head;
  readonly verdict: Extract<Verdict, { go: true }>;
}

/** From when on a queue is worth a look. */
export interface QueueSlot {
  readonly queue: DueQueue;
  /** Absent: nothing of this queue can go before something happens. */
  readonly nextSlotAt?: Instant;
  /** The rule that says no until then; empty where nothing waits. */
  readonly reason: string;
}

/** A head that its company keeps from going until then; it waits apart, so that nobody waits behind it (F034). */
export interface SetBack {
  readonly queue: DueQueue;
  readonly head: Head;
  readonly until: Instant;
}

/** What a visit decides: at most one claim, and when it is worth looking again. */
export interface Decision {
  readonly visit: Visit;
  readonly claim?: Claim;
  /** Of the queues whose slot has changed; any other stays due. */
  readonly slots: readonly QueueSlot[];
  readonly setBack: readonly SetBack[];
  readonly nextSlotAt?: Instant;
}

/**
 * Chooses the identity's next action, one at a time: by priority, then who is due longest. The first that may go is
 * claimed, and the queues behind it are not asked: the pause that follows holds for all of them. Pure, so that the
 * forecast and every test may ask at any instant.
 */
export function decideVisit(visit: Visit, now: Instant): Decision {
  const slots: QueueSlot[] = [];
  const setBack: SetBack[] = [];
  const inTurn = visit.queues.length > 1 ? visit.queues.toSorted(byTurn) : visit.queues;
  for (const [turn, queue] of inTurn.entries()) {
    const asked = ask(visit, queue, now);
    if ('verdict' in asked) {
      return claimed({ visit, slots, setBack }, { claim: asked, inTurn, turn }, now);
    }
    if ('until' in asked) {
      setBack.push(asked);
      // Whoever is behind it has its turn before any other queue.
      if (isDue(queue, now)) return { visit, slots, setBack, nextSlotAt: now };
    }
    slots.push('until' in asked ? slotWithout(asked) : asked);
  }
  const nextSlotAt = soonest([visit.otherSlotAt, ...slots.map(slotAt)]);
  return decision({ visit, slots, setBack }, nextSlotAt);
}

interface Looked {
  readonly visit: Visit;
  readonly slots: QueueSlot[];
  readonly setBack: readonly SetBack[];
}

interface Chosen {
  readonly claim: Claim;
  readonly inTurn: readonly DueQueue[];
  readonly turn: number;
}

function claimed(looked: Looked, { claim, inTurn, turn }: Chosen, now: Instant): Decision {
  const { visit, slots } = looked;
  const { queue, facts } = claim;
  const { nextDueAt } = queue;
  if (nextDueAt === undefined) slots.push({ queue, reason: '' });
  else if (nextDueAt > now) slots.push({ queue, nextSlotAt: nextDueAt, reason: 'not_before' });
  const isMoreDue = turn + 1 < inTurn.length || isDue(queue, now);
  const next = soonest([visit.otherSlotAt, isMoreDue ? now : undefined, ...slots.map(slotAt)]);
  const nextSlotAt = next && latest(next, restEndsAt(facts, now));
  return { ...decision(looked, nextSlotAt), claim };
}

/** Whether somebody behind the head is due. */
function isDue({ nextDueAt }: DueQueue, now: Instant): boolean {
  return nextDueAt !== undefined && nextDueAt <= now;
}

function decision(looked: Looked, nextSlotAt: Instant | undefined): Decision {
  return nextSlotAt === undefined ? looked : { ...looked, nextSlotAt };
}

/** Of a queue whose head was set back: when it, or the one behind it, is due. */
function slotWithout({ queue, until }: SetBack): QueueSlot {
  const { nextDueAt } = queue;
  return nextDueAt !== undefined && nextDueAt < until
    ? { queue, nextSlotAt: nextDueAt, reason: 'not_before' }
    : { queue, nextSlotAt: until, reason: 'company_cap' };
}

function ask(visit: Visit, queue: DueQueue, now: Instant): Claim | SetBack | QueueSlot {
  const { head } = queue;
  if (head === undefined) return { queue, reason: '' };
  const question = questionOf(visit, queue, head, now);
  const answer = verdict(question.action, question.facts, now);
  if (answer.go) return { ...question, queue, head, verdict: answer };
  const { because, until } = answer;
  // The last rule, and the only one about one lead: everything else said yes to the whole queue.
  if (because === 'company_cap' && until !== undefined) return { queue, head, until };
  // What holds the whole queue; whether its head goes then, or is set back, is asked then.
  const { company: _, ...ofQueue } = question.facts;
  return { queue, ...firstSlot({ ...question, facts: ofQueue }, answer) };
}

/** When an action could go if nothing else happened, and the last rule in its way: the slot people count down to. */
export interface FirstSlot {
  readonly nextSlotAt?: Instant;
  readonly reason: string;
}

const roundsMax = 20;

/** From one rule's no to the next, until none is left (F042) or other limits apply, which are asked about then. */
export function firstSlot({ action, facts }: Question, no: Verdict): FirstSlot {
  const { changesAt } = facts.limits;
  let slot: FirstSlot = { reason: '' };
  let answer = no;
  for (let round = 0; round < roundsMax && !answer.go; round++) {
    const reason = reasonOf(answer, facts.hold?.cause);
    if (answer.until === undefined) return { reason };
    if (changesAt && answer.until >= changesAt) return { nextSlotAt: changesAt, reason };
    slot = { nextSlotAt: answer.until, reason };
    answer = verdict(action, facts, answer.until);
  }
  return slot;
}

/** The provider's own words say more than the name of our rule. */
function reasonOf({ because }: { because: string }, holdCause = because): string {
  return because === 'provider_hold' ? holdCause : because;
}

function byTurn(a: DueQueue, b: DueQueue): number {
  const [first, second] = [a.head, b.head];
  if (first === undefined || second === undefined) return first === undefined ? 1 : -1;
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (first.dueAt !== second.dueAt) return first.dueAt < second.dueAt ? -1 : 1;
  return first.actionId < second.actionId ? -1 : 1;
}

const slotAt = ({ nextSlotAt }: QueueSlot): Instant | undefined => nextSlotAt;

function soonest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
}
