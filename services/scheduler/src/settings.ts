import { num } from 'envalid';
import { minuteMs, secondMs } from '@overture/kernel';

export const schedulerSettings = {
  SCHEDULER_VISITS_MAX: num({ desc: 'Identities looked at in one transaction', default: 200 }),
  SCHEDULER_LEASE_MS: num({
    desc: 'How long a claim waits for the sender before it is offered again (S3-36)',
    default: 5 * minuteMs,
  }),
  SCHEDULER_LOOK_MS: num({
    desc: 'How often to look for expired claims and for work other replicas planned',
    default: 15 * secondMs,
  }),
};

/** Injection token of the settings below. */
export const TUNING = 'SCHEDULER_TUNING';

export interface SchedulerTuning {
  readonly visitsMax: number;
  readonly leaseMs: number;
  readonly lookMs: number;
}
