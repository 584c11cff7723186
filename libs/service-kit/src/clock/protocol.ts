import type { Instant } from '@overture/kernel';

/** Subjects of the shared virtual clock; plain JSON over core NATS, development and tests only. */
export const clockSubjects = {
  /** A service that starts asks what time it is. */
  now: 'overture.clock.now',
  report: (service: string) => `overture.clock.${service}.report`,
  set: (service: string) => `overture.clock.${service}.set`,
  run: (service: string) => `overture.clock.${service}.run`,
};

/** `virtual`: time stands still until the driver moves it. `real`: the driver let go, the system's clock rules. */
export interface ClockState {
  readonly mode: 'virtual' | 'real';
  readonly now: Instant;
}

/** One reading of one service. Sequences are those of the event stream, per delivery partition. */
export interface ClockReport {
  readonly service: string;
  /** What time it is for this service. */
  readonly now: Instant;
  readonly busy: number;
  /** Grows with every piece of work begun; two equal readings mean that nothing happened in between. */
  readonly activity: number;
  readonly nextWakeAt?: Instant;
  readonly published: Readonly<Record<number, number>>;
  /** Absent for a service that follows no events. */
  readonly settled?: Readonly<Record<number, number>>;
}
