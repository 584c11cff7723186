import { dayMs, instant, minuteMs, plus } from '@overture/kernel';
import { defaultLimits, type Schedule } from '@overture/policy';
import type { LaneLedger } from './ledger.js';
import { decideVisit, type DueQueue, type Visit } from './visit.js';

const now = instant('2026-03-02T10:00:00.000Z');
const always: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: [],
};

function queue(queueId: number, more: Partial<DueQueue> = {}): DueQueue {
  const head = { row: 'h', actionId: `e${queueId}.1.0`, leadId: 'l-1', dueAt: now, version: 0 };
  return {
    row: `${queueId}`,
    queueId,
    identityId: 'i-1',
    kind: 'message',
    campaignId: 'c-1',
    zone: '',
    priority: 10,
    firstTouch: false,
    gate: { open: true },
    schedule: always,
    head,
    nextDueAt: now,
    ...more,
  };
}

function visit(queues: readonly DueQueue[], lanes: Record<string, LaneLedger> = {}): Visit {
  return {
    row: 'i-1',
    tenantId: 't-1',
    identityId: 'i-1',
    zone: 'Etc/UTC',
    limits: defaultLimits,
    queues,
    ledger: { lanes: new Map(Object.entries(lanes)) },
  };
}

const full = (kind: 'message' | 'connect'): LaneLedger => ({
  uses: defaultLimits.caps[kind].per24h,
  lastAt: plus(now, -minuteMs * 60),
  per24h: { now: plus(now, -minuteMs * 600), next: plus(now, -minuteMs * 540) },
  per7d: {},
});

describe('A visit', () => {
  it('claims the head of the queue that goes first (F020)', () => {
    const { claim } = decideVisit(visit([queue(1, { priority: 20 }), queue(2)]), now);
    expect(claim?.head.actionId).toBe('e2.1.0');
  });

  it('claims from another lane when the cap of the first is full (F022)', () => {
    const queues = [queue(1), queue(2, { kind: 'connect', priority: 20 })];
    const { claim, slots } = decideVisit(visit(queues, { message: full('message') }), now);
    expect(claim?.queue.queueId).toBe(2);
    expect(slots[0]).toMatchObject({ reason: 'cap_24h' });
  });

  it('names when a full cap has room again (F030)', () => {
    const { claim, nextSlotAt } = decideVisit(visit([queue(1)], { message: full('message') }), now);
    expect(claim).toBeUndefined();
    expect(nextSlotAt).toBe(plus(now, dayMs + 15 * minuteMs - 600 * minuteMs));
  });

  it('knows that the claim it makes fills the cap', () => {
    const almost: LaneLedger = {
      ...full('message'),
      uses: 29,
      per24h: { next: plus(now, -minuteMs * 600) },
    };
    const { claim, nextSlotAt } = decideVisit(visit([queue(1)], { message: almost }), now);
    expect(claim).toBeDefined();
    expect(nextSlotAt).toBe(plus(now, dayMs + 15 * minuteMs - 600 * minuteMs));
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

  it('looks again at the earliest slot of any of its queues', () => {
    const otherSlotAt = plus(now, minuteMs);
    expect(decideVisit({ ...visit([queue(1)]), otherSlotAt }, now).nextSlotAt).toBe(otherSlotAt);
  });
});
