import { randomUUID } from 'node:crypto';
import { instant, type Instant } from '@overture/kernel';

export const actionsTotal = Number(process.env['BENCH_ACTIONS'] ?? 100_000);
export const identitiesTotal = 200;
export const leadsToCancel = 4_000;
export const batch = 1_000;
/** Connections that plan, claim or cancel side by side, for everybody the same. */
export const callers = 2;
export const cancelCallers = 8;

export const campaignId = '2c6a7a52-9a0f-4b8e-8a2a-0d6a3f1b7c55';
export const start = instant('2026-03-02T09:00:00.000Z');
const zones = ['Europe/Lisbon', 'Europe/Berlin', 'Europe/Athens', 'Etc/UTC'];

/** One thing to do later: what every scheduler must keep about it. */
export interface Work {
  readonly actionId: string;
  readonly leadId: string;
  readonly identityId: string;
  readonly campaignId: string;
  readonly kind: 'message';
  readonly zone: string;
  readonly priority: number;
  readonly firstTouch: boolean;
  readonly dueAt: Instant;
}

/** A way of dispatching delayed work, on an empty database of its own. */
export interface Dispatcher {
  plan(works: readonly Work[]): Promise<void>;
  /** Takes one lead's work back. */
  cancel(work: Work): Promise<void>;
  /** Stops everything of one identity, or of the whole queue where an identity alone cannot be stopped. */
  pause(identityId: string): Promise<void>;
  /** Takes and finishes everything that is left; gives how much, and how long taking alone took. */
  drain(): Promise<Drained>;
  close(): Promise<void>;
}

export interface Drained {
  readonly taken: number;
  readonly takingMs: number;
}

/** Identity after identity, as launches come. */
export function makeWorks(total = actionsTotal): Work[] {
  return Array.from({ length: total }, (_, index) => {
    const identity = Math.floor((index * identitiesTotal) / total);
    return {
      actionId: `${randomUUID()}.1.0`,
      leadId: randomUUID(),
      identityId: `identity-${identity}`,
      campaignId,
      kind: 'message',
      zone: zones[identity % zones.length] ?? '',
      priority: 10,
      firstTouch: false,
      dueAt: start,
    };
  });
}
