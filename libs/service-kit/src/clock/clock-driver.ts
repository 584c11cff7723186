import { setTimeout as sleep } from 'node:timers/promises';
import { earliest, type Instant } from '@overture/kernel';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import { Pace } from './pace.js';
import { clockSubjects, type ClockReport, type ClockState } from './protocol.js';
import { isQuiet, whyNotQuiet } from './quiet.js';
import { Standstill } from './standstill.js';

export interface ClockDriverOptions {
  /** Every service that shares the clock; time stands still until each of them answers. */
  readonly services: readonly string[];
  readonly startAt: Instant;
  /** Called after each move, e.g. to keep the instant for a restart. */
  readonly onMove?: (now: Instant) => void | Promise<void>;
  /** Told every few seconds what keeps time from moving. */
  readonly onStandstill?: (why: string) => void;
}

export interface AdvanceOptions {
  /** Real milliseconds per simulated day, so that a person can follow; 0 is as fast as possible. */
  readonly paceMsPerDay?: number;
  readonly signal?: AbortSignal;
}

const answerMs = 2_000;
const pollMs = 1;
// For a service that is away.
const absentMs = 25;
const standstillMs = 10_000;

/**
 * Moves the shared virtual instant. It advances only when two readings of all services agree that nobody works and
 * nothing published is unsettled, and then to the earliest wake-up; so a month passes in seconds, exactly.
 */
export class ClockDriver {
  private state: ClockState;
  private readonly answering: Subscription;

  constructor(
    private readonly nats: NatsConnection,
    private readonly options: ClockDriverOptions,
  ) {
    this.state = { mode: 'virtual', now: options.startAt };
    this.answering = nats.subscribe(clockSubjects.now, {
      callback: (_error, message) => void message.respond(JSON.stringify(this.state)),
    });
  }

  get now(): Instant {
    return this.state.now;
  }

  /** Lets time pass up to `until`; resolves when it is reached and all are quiet again. */
  async advanceTo(
    until: Instant,
    { paceMsPerDay = 0, signal }: AdvanceOptions = {},
  ): Promise<void> {
    const pace = new Pace(this.now, paceMsPerDay);
    while (!signal?.aborted) {
      const next = await this.pacedInstant(until, pace, signal);
      if (next === undefined) return;
      await this.moveTo({ mode: 'virtual', now: next });
    }
  }

  /** Resolves when nobody works and nothing published is unsettled. */
  async quiet(signal?: AbortSignal): Promise<readonly ClockReport[]> {
    let before: readonly ClockReport[] | undefined;
    const standstill = new Standstill(standstillMs, this.options.onStandstill);
    while (!signal?.aborted) {
      const answers = await this.reports();
      const reports = allOf(answers);
      if (reports && isQuiet(reports)) {
        if (before && activityOf(before) === activityOf(reports)) return reports;
        before = reports;
        continue;
      }
      before = undefined;
      standstill.goesOn(() => whyNotQuiet(this.options.services, answers));
      await pause(reports ? pollMs : absentMs, signal);
    }
    return [];
  }

  /** Lets go: from here on every service follows the system's clock. */
  async release(): Promise<void> {
    await this.quiet();
    await this.moveTo({ mode: 'real', now: this.now });
  }

  stop(): void {
    this.answering.unsubscribe();
  }

  // Somebody may ask for something while we pace, so the last look comes after the pause.
  private async pacedInstant(
    until: Instant,
    pace: Pace,
    signal: AbortSignal | undefined,
  ): Promise<Instant | undefined> {
    const next = await this.nextInstant(until, signal);
    const waitMs = next === undefined ? 0 : pace.waitMs(next);
    if (waitMs === 0) return next;
    await pause(waitMs, signal);
    return this.nextInstant(until, signal);
  }

  /** Undefined: `until` is reached and nobody waits for it any more. Time never goes back. */
  private async nextInstant(
    until: Instant,
    signal: AbortSignal | undefined,
  ): Promise<Instant | undefined> {
    const reports = await this.quiet(signal);
    if (signal?.aborted) return undefined;
    // Whoever did not hear of the last move, because NATS was away, is told of it again.
    if (reports.some((report) => this.isBehind(report))) return this.now;
    const wakes = reports.flatMap(({ nextWakeAt }) => (nextWakeAt ? [nextWakeAt] : []));
    const next = earliest(until, ...wakes);
    return next > this.now ? next : undefined;
  }

  private isBehind({ now, nextWakeAt }: ClockReport): boolean {
    return now !== this.now || (nextWakeAt !== undefined && nextWakeAt <= this.now);
  }

  private async moveTo(state: ClockState): Promise<void> {
    this.state = state;
    await this.tellAll(clockSubjects.set, JSON.stringify(state));
    await this.tellAll(clockSubjects.run, '');
    await this.options.onMove?.(state.now);
  }

  private async tellAll(subject: (service: string) => string, body: string): Promise<void> {
    // A service that is away learns the instant when it comes back and asks.
    await Promise.all(
      this.options.services.map((service) =>
        this.nats.request(subject(service), body, { timeout: answerMs }).catch(() => undefined),
      ),
    );
  }

  private reports(): Promise<readonly (ClockReport | undefined)[]> {
    return Promise.all(
      this.options.services.map((service) =>
        this.nats
          .request(clockSubjects.report(service), '', { timeout: answerMs })
          .then((answer) => answer.json<ClockReport>())
          .catch(() => undefined),
      ),
    );
  }
}

function allOf(answers: readonly (ClockReport | undefined)[]): readonly ClockReport[] | undefined {
  const reports = answers.filter((answer) => answer !== undefined);
  return reports.length === answers.length ? reports : undefined;
}

function activityOf(reports: readonly ClockReport[]): number {
  return reports.reduce((sum, { activity }) => sum + activity, 0);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
}
