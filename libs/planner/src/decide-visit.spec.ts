import { dayMs, minuteMs, plus, type Instant } from '@overture/kernel';
import { defaultLimits, restEndsAt, type Usage } from '@overture/policy';
import { now, queue, visit } from '../test/given.js';
import { decideVisit } from './decide-visit.js';
import { decideAgain, recordDecision } from './recorded-decision.js';

const ago = (minutes: number): Instant => plus(now, -minutes * minuteMs);

const full: Usage = {
  lastAt: ago(60),
  lastOfKindAt: ago(60),
  last24h: { used: 30, blockingAt: ago(600) },
  last7d: { used: 30 },
};
const roomAt = plus(now, dayMs + 15 * minuteMs - 600 * minuteMs);

describe('A visit', () => {
  it('claims the head of the queue that goes first (F020)', () => {
    const { claim } = decideVisit(visit([queue(1, { priority: 20 }), queue(2)]), now);
    expect(claim?.head.actionId).toBe('e2.1.0');
  });

  it('claims from another lane when the cap of the first is full (F022)', () => {
    const queues = [queue(1, { usage: full }), queue(2, { kind: 'connect', priority: 20 })];
    const { claim, slots } = decideVisit(visit(queues), now);
    expect(claim?.queue.queueId).toBe(2);
    expect(slots).toMatchObject([{ reason: 'cap_24h', nextSlotAt: roomAt }]);
  });

  it('names when a full cap has room again (F030)', () => {
    const { claim, nextSlotAt } = decideVisit(visit([queue(1, { usage: full })]), now);
    expect(claim).toBeUndefined();
    expect(nextSlotAt).toBe(roomAt);
  });

  it('looks again when the pause after its claim is over, and not sooner (F028)', () => {
    const { nextSlotAt } = decideVisit(visit([queue(1), queue(2)]), now);
    expect(nextSlotAt).toBe(restEndsAt({ identityId: 'i-1', limits: defaultLimits }, now));
  });

  it('looks again when the one behind is due', () => {
    const nextDueAt = plus(now, dayMs);
    const { slots, nextSlotAt } = decideVisit(visit([queue(1, { nextDueAt })]), now);
    expect(slots).toMatchObject([{ nextSlotAt: nextDueAt, reason: 'not_before' }]);
    expect(nextSlotAt).toBe(nextDueAt);
  });

  it('has nothing to wait for once a queue is empty', () => {
    const { nextDueAt: _, ...last } = queue(1);
    const { slots, nextSlotAt } = decideVisit(visit([last]), now);
    expect(slots).toMatchObject([{ reason: '' }]);
    expect(nextSlotAt).toBeUndefined();
  });

  it('leaves a shut campaign to the event that opens it', () => {
    const shut = queue(1, { gate: { open: false, cause: 'by hand' } });
    const { claim, slots } = decideVisit(visit([shut]), now);
    expect(claim).toBeUndefined();
    expect(slots).toMatchObject([{ reason: 'campaign_gate' }]);
  });

  it('waits as long as the provider asked (F031)', () => {
    const until = plus(now, 45 * minuteMs);
    const held = queue(1, { hold: { until, cause: 'STATUS_429' } });
    const { nextSlotAt, slots } = decideVisit(visit([held]), now);
    expect(nextSlotAt).toBe(until);
    expect(slots[0]).toMatchObject({ reason: 'STATUS_429' });
  });

  it('lets nothing of an identity go while its breaker is open (F032)', () => {
    const until = plus(now, dayMs);
    const breaker = { cause: 'restriction_warning', at: now, until, times: 1 } as const;
    const { claim, slots } = decideVisit(visit([queue(1)], { breaker }), now);
    expect(claim).toBeUndefined();
    expect(slots).toMatchObject([{ nextSlotAt: until, reason: 'breaker' }]);
  });

  it('looks again at the earliest slot of any of its queues', () => {
    const otherSlotAt = plus(now, minuteMs);
    const { nextDueAt: _, ...last } = queue(1, { gate: { open: false } });
    expect(decideVisit({ ...visit([last]), otherSlotAt }, now).nextSlotAt).toBe(otherSlotAt);
  });

  it('records enough to be decided again, and no more days than could matter (M1)', () => {
    const { claim } = decideVisit(visit([queue(1)]), now);
    const recorded = recordDecision(claim!, now);
    const again = decideAgain(JSON.parse(JSON.stringify(recorded)) as typeof recorded, {
      identityId: 'i-1',
      at: now,
    });
    expect(again).toEqual(claim?.verdict);
    expect(recorded.facts.schedule.daysOff).toEqual([]);
  });
});
