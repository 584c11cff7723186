import { dayMs, minuteMs, plus, toMs } from '@overture/kernel';
import { now, queue, visit } from '../test/given.js';
import { decideVisit } from './decide-visit.js';
import { decideVisits } from './decide-visits.js';
import { decideAgain, recordDecision } from './recorded-decision.js';
import type { DueQueue, Head } from './visit.js';

const cap = { people: 1, days: 7 };
const contacts = [{ leadId: 'ada', at: plus(now, -dayMs) }];
const until = plus(now, 6 * dayMs + 15 * minuteMs);

/** A queue of first contacts, the first of them at a company. */
function atCompany(queueId: number, head: Partial<Head>, more: Partial<DueQueue> = {}): DueQueue {
  const { head: usual, ...rest } = queue(queueId, { kind: 'connect', firstTouch: true, ...more });
  const company = { key: 'acme', cap, contacts: [] };
  return { ...rest, head: { ...(usual as Head), leadId: `lead-${queueId}`, company, ...head } };
}

const full = { company: { key: 'acme', cap, contacts } };

describe('A visit to whom a company keeps waiting', () => {
  it('sets that action back and has those behind it looked at at once (F034)', () => {
    const { claim, setBack, slots, nextSlotAt } = decideVisit(visit([atCompany(1, full)]), now);
    expect(claim).toBeUndefined();
    expect(setBack).toMatchObject([{ head: { leadId: 'lead-1' }, until }]);
    expect(slots).toEqual([]);
    expect(nextSlotAt).toBe(now);
  });

  it('goes on to the next queue when nobody else of it is due (F034)', () => {
    const { nextDueAt: _, ...alone } = atCompany(1, full);
    const { claim, setBack, slots } = decideVisit(visit([alone, queue(2, { priority: 20 })]), now);
    expect(claim?.queue.queueId).toBe(2);
    expect(setBack).toHaveLength(1);
    expect(slots).toMatchObject([{ nextSlotAt: until, reason: 'company_cap' }]);
  });

  it('waits for whoever of the queue is due first (F034)', () => {
    const nextDueAt = plus(now, dayMs);
    const later = atCompany(1, full, { nextDueAt });
    const { slots, nextSlotAt } = decideVisit(visit([later]), now);
    expect(slots).toMatchObject([{ nextSlotAt: nextDueAt, reason: 'not_before' }]);
    expect(nextSlotAt).toBe(nextDueAt);
  });

  it('sleeps no longer than what holds all of its queue, whoever is first (F034)', () => {
    const usage = { ...queue(1).usage, lastFirstTouchAt: now };
    const { nextDueAt: _, ...alone } = atCompany(1, full, { usage });
    const { slots, setBack } = decideVisit(visit([alone]), now);
    expect(setBack).toEqual([]);
    expect(slots).toMatchObject([{ reason: 'spacing_of_first_touch' }]);
    const { nextSlotAt = until } = slots[0] ?? {};
    expect(toMs(nextSlotAt)).toBeLessThan(toMs(plus(now, 31 * minuteMs)));
  });

  it('lets go who is known there, and records what it looked at (F034, M1)', () => {
    const known = atCompany(1, { ...full, leadId: 'ada' });
    const { claim } = decideVisit(visit([known]), now);
    const recorded = recordDecision(claim!, now);
    expect(recorded.facts.company).toEqual({ cap, people: { used: 0 }, contacted: true });
    expect(decideAgain(recorded, { identityId: 'i-1', at: now })).toEqual(claim?.verdict);
  });
});

describe('Identities that are looked at together', () => {
  const of = (identityId: string, queues: readonly DueQueue[], tenantId = 't-1') => {
    return { ...visit(queues), identityId, tenantId };
  };

  it('do not take the same place at a company twice, whatever order they came in (F034)', () => {
    const two = [of('i-2', [atCompany(2, {})]), of('i-1', [atCompany(1, {})])];
    const decisions = decideVisits(two, now);
    expect(decisions.map(({ claim }) => claim?.head.leadId)).toEqual(['lead-1', undefined]);
    expect(decisions[1]?.setBack).toMatchObject([{ until: plus(now, 7 * dayMs + 15 * minuteMs) }]);
  });

  it('are in nobody’s way at another company or in another workspace (F034)', () => {
    const other = { company: { key: 'other', cap, contacts: [] } };
    const decisions = decideVisits(
      [
        of('i-1', [atCompany(1, {})]),
        of('i-2', [atCompany(2, other)]),
        of('i-3', [atCompany(3, {})], 't-2'),
      ],
      now,
    );
    expect(decisions.every(({ claim }) => claim !== undefined)).toBe(true);
  });
});
