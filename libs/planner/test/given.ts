import { instant } from '@overture/kernel';
import { defaultLimits, type Schedule, type Usage } from '@overture/policy';
import type { DueQueue, Standing, Visit } from '../src/visit.js';

export const now = instant('2026-03-02T10:00:00.000Z');
const always: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: ['2026-03-08', '2026-12-25'],
};
const unused: Usage = { last24h: { used: 0 }, last7d: { used: 0 } };

export function queue(queueId: number, more: Partial<DueQueue> = {}): DueQueue {
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
    limits: defaultLimits,
    usage: unused,
    uses: 0,
    head,
    nextDueAt: now,
    ...more,
  };
}

export function visit(queues: readonly DueQueue[], standing: Partial<Standing> = {}): Visit {
  const open = { identityZone: 'Etc/UTC', gate: { open: true } };
  return {
    row: 'i-1',
    tenantId: 't-1',
    identityId: 'i-1',
    standing: { ...open, ...standing },
    queues,
  };
}
