import type { Cancel, Clock, Instant } from '@overture/kernel';
import { nextDue, take, type AgendaRow } from '../store/agenda.sql.js';
import { lockIdentity } from '../store/identities.sql.js';
import { readWorld } from '../store/world.sql.js';
import { deliver } from './deliver.js';
import type { Postman, WorldStore } from './ports.js';
import { stepRun } from './step-run.js';
import { happen } from './world-events.js';

interface Parts {
  readonly clock: Clock;
  readonly store: WorldStore;
  readonly postman: Postman;
  /** Told of a turn that failed; the same entry is tried again. */
  readonly onError: (error: unknown) => void;
}

// While PostgreSQL is away; real time, because the world's stands still meanwhile.
const retryMs = 250;

/** Wakes the world up when something on its agenda comes due, and lets it happen, in order. */
export class Clockwork {
  private waiting: { readonly at: Instant; readonly cancel: Cancel } | undefined;
  private turning: Promise<void> | undefined;
  private woken = false;
  private stopped = false;

  constructor(private readonly parts: Parts) {}

  /** Picks up the agenda where a former process left it. */
  start(): Promise<void> {
    return this.wake();
  }

  /** Something was put on the agenda for `at`. */
  expect(at: Instant): void {
    if (this.stopped || (this.waiting !== undefined && this.waiting.at <= at)) return;
    this.waiting?.cancel();
    this.waiting = { at, cancel: this.parts.clock.wakeAt(at, () => this.wake()) };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting?.cancel();
    await this.turning;
  }

  private wake(): Promise<void> {
    this.waiting = undefined;
    this.woken = true;
    this.turning ??= this.turn();
    return this.turning;
  }

  /** One at a time; who wakes us in the middle has us look once more. */
  private async turn(): Promise<void> {
    while (this.woken && !this.stopped) {
      this.woken = false;
      await this.performDue();
    }
    this.turning = undefined;
  }

  private async performDue(): Promise<void> {
    while (!this.stopped) {
      try {
        const entry = await this.parts.store.change((sql) => nextDue(sql));
        if (entry === undefined) return;
        if (entry.due_at > this.parts.clock.now()) return this.expect(entry.due_at);
        await this.perform(entry);
      } catch (error) {
        this.parts.onError(error);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  private async perform(entry: AgendaRow): Promise<void> {
    const { store, clock } = this.parts;
    const now = clock.now();
    if (entry.kind === 'deliver') return deliver(this.parts, entry, now);
    await store.change(async (sql) => {
      // The identity first, as live runs do: a withdrawal takes entries off the agenda.
      if (entry.identity_uid !== null) await lockIdentity(sql, entry.identity_uid);
      if (!(await take(sql, entry.id))) return;
      const scene = { sql, world: await readWorld(sql), now };
      await (entry.kind === 'run' ? stepRun(scene, entry.details) : happen(scene, entry));
    });
  }
}
