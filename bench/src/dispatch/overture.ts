import { Database, type Transaction } from '@overture/event-store';
import { latest, minuteMs, plus, type Instant } from '@overture/kernel';
import type { Schedule } from '@overture/policy';
import { claimDue, PostgresDueIdentities, PostgresTimetable } from '@overture/scheduler';
import { chunksOf, inParallel } from '../shared/callers.js';
import type { Url } from '../shared/postgres.js';
import { tenantId } from '../shared/sample-event.js';
import { serviceSchema } from '../shared/service-schema.js';
import {
  batch,
  callers,
  campaignId,
  identitiesTotal,
  start,
  type Dispatcher,
  type Drained,
  type Work,
} from './dispatcher.js';

const leaseMs = 5 * minuteMs;
// Long days and one day off: windows and the calendar are asked for every claim.
const schedule: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6], from: '06:00', until: '22:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: ['2026-03-06'],
};

type Decisions = Parameters<PostgresDueIdentities['settle']>[1];

/** Remembers what was claimed, so that the benchmark can report it as sent. */
class RememberingIdentities extends PostgresDueIdentities {
  claimed: { actionId: string; identityId: string; epoch: number }[] = [];

  override async settle(tx: Transaction, decisions: Decisions, now: Instant): Promise<number> {
    const made = await super.settle(tx, decisions, now);
    for (const { claim, visit } of decisions) {
      if (claim === undefined) continue;
      const { actionId, version } = claim.head;
      this.claimed.push({ actionId, identityId: visit.identityId, epoch: version + 1 });
    }
    return made;
  }

  take() {
    return this.claimed.splice(0);
  }
}

/** The scheduler itself on an empty database, its clock in the benchmark's hands. */
export class OvertureDispatcher implements Dispatcher {
  now = start;
  readonly due: RememberingIdentities;
  private readonly timetable: PostgresTimetable;

  private constructor(readonly database: Database) {
    this.timetable = new PostgresTimetable({ now: () => this.now }, () => undefined);
    this.due = new RememberingIdentities(database, leaseMs);
  }

  static async make(url: Url, name: string): Promise<OvertureDispatcher> {
    const schema = 'scheduler';
    const sets = ['event-store', 'scheduler'];
    const as = await serviceSchema(url, { database: name, schema, sets });
    const clock = { now: (): Instant => dispatcher.now };
    const options = { url: as('app'), schema, applicationName: 'bench', clock, max: 12 };
    const dispatcher: OvertureDispatcher = new OvertureDispatcher(new Database(options));
    await dispatcher.open();
    return dispatcher;
  }

  async plan(works: readonly Work[]): Promise<void> {
    await inParallel(chunksOf(works, batch), callers, (chunk) =>
      this.change((changes) => chunk.forEach((work) => changes.plan(work))),
    );
  }

  cancel({ actionId, identityId }: Work): Promise<void> {
    const enrollmentId = actionId.slice(0, actionId.indexOf('.'));
    return this.change((changes) => changes.dropEnrollment({ identityId, enrollmentId }));
  }

  pause(identityId: string): Promise<void> {
    return this.change((changes) =>
      changes.identity(identityId, { type: 'paused', cause: 'hand' }),
    );
  }

  pauseCampaign(): Promise<void> {
    return this.change((changes) =>
      changes.campaign(campaignId, { type: 'paused', cause: 'hand' }),
    );
  }

  /** Sets the clock to where everything waits and nothing is due. */
  beforeNextSlot(): void {
    this.now = start;
  }

  /** Jumps from slot to slot until nothing waits for time any more, at most so many claims. */
  async drain(claimsMax = Number.MAX_SAFE_INTEGER): Promise<Drained> {
    const total = { taken: 0, takingMs: 0 };
    while (total.taken < claimsMax) {
      const before = performance.now();
      const visitsMax = Math.ceil(identitiesTotal / callers);
      const loops = Array.from({ length: callers }, () => this.claimUntilIdle(visitsMax));
      await Promise.all(loops);
      total.takingMs += performance.now() - before;
      const claimed = this.due.take();
      total.taken += claimed.length;
      await this.report(claimed);
      const next = await this.due.nextVisitAt();
      if (next === undefined) break;
      // Slots are drawn apart; some minutes later many have come due, as after a quiet minute in production.
      this.now = plus(latest(next, this.now), 5 * minuteMs);
    }
    return total;
  }

  /** One look of the loop, with whatever is due. */
  tick() {
    return claimDue(this.deps, { visitsMax: identitiesTotal });
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private get deps() {
    return { database: this.database, due: this.due, clock: { now: () => this.now } };
  }

  private async claimUntilIdle(visitsMax: number): Promise<void> {
    for (;;) {
      const { visited } = await claimDue(this.deps, { visitsMax });
      if (visited === 0) return;
    }
  }

  private async report(claimed: ReturnType<RememberingIdentities['take']>): Promise<void> {
    if (claimed.length === 0) return;
    await this.change((changes) => {
      for (const each of claimed) {
        changes.attempt({ ...each, type: 'reserved', at: this.now });
        changes.attempt({ ...each, type: 'accepted', at: this.now });
      }
    });
  }

  private async open(): Promise<void> {
    await this.change((changes) => {
      changes.campaign(campaignId, { type: 'launched', schedule });
      for (let index = 0; index < identitiesTotal; index++) {
        changes.identity(`identity-${index}`, { type: 'added', zone: 'Etc/UTC', tier: 'classic' });
      }
    });
  }

  private change(work: (changes: ReturnType<PostgresTimetable['changesOf']>) => void) {
    return this.database.tenant(tenantId, async (tx) =>
      work(this.timetable.changesOf(tx, tenantId)),
    );
  }
}
