import { Database } from '@overture/event-store';
import { instant, plus, type Instant } from '@overture/kernel';
import type { AttemptNews } from '@overture/planner';
import type { Schedule } from '@overture/policy';
import { afterTests, freshDatabase } from '@overture/testing';
import { PostgresDueIdentities } from '../src/adapters/due-identities.js';
import { PostgresExpiredClaims } from '../src/adapters/expired-claims.js';
import { PostgresExplanations } from '../src/adapters/explanations.js';
import { PostgresTimetable } from '../src/adapters/postgres-timetable.js';
import { PostgresTimetableViews } from '../src/adapters/timetable-views.js';
import type { Changes } from '../src/app/changes.js';
import { claimAllDue, claimDue, type Pass } from '../src/app/claim-due.js';
import type { ActionClaimed } from '../src/app/claim-events.js';
import type { Explanation } from '../src/app/explain-action.js';
import type { PlannedAction } from '../src/app/timetable.js';

export const tenantId = '7d0f4f0a-6f6e-4f6b-9d7e-0c4c1f0c9a01';
/** Monday, 10:00 in UTC and in working hours. */
export const monday = instant('2026-03-02T10:00:00.000Z');
export const always: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: [],
};
const leaseMs = 300_000;

export interface ClaimRow {
  readonly action_id: string;
  readonly identity_id: string;
  readonly epoch: number;
  readonly state: string;
  readonly dropped: boolean;
}

export interface UseRow {
  readonly identity_id: string;
  readonly kind: string;
  readonly used_at: Instant;
  readonly action_id: string;
  readonly first_touch: boolean;
}

/** The scheduler's database and a clock that the test moves; no loop runs by itself. */
export class World {
  now: Instant = monday;
  readonly database: Database;
  readonly due: PostgresDueIdentities;
  readonly views: PostgresTimetableViews;
  readonly expired: PostgresExpiredClaims;
  private readonly explanations: PostgresExplanations;
  private readonly timetable: PostgresTimetable;
  private readonly clock = { now: () => this.now };

  private constructor(url: string, max: number) {
    const { clock } = this;
    this.database = new Database({ url, schema: 'scheduler', applicationName: 'test', clock, max });
    this.timetable = new PostgresTimetable(clock, () => undefined);
    this.due = new PostgresDueIdentities(this.database, leaseMs);
    this.views = new PostgresTimetableViews(this.database);
    this.explanations = new PostgresExplanations(this.database);
    this.expired = new PostgresExpiredClaims(this.database, leaseMs);
    afterTests(() => this.database.close());
  }

  static async make(max = 8): Promise<World> {
    const { services } = await freshDatabase(['scheduler']);
    return new World(services['scheduler']?.databaseUrl ?? '', max);
  }

  private get deps() {
    return { database: this.database, due: this.due, clock: this.clock };
  }

  /** What one transaction of event handlers does. */
  change(work: (changes: Changes) => void, tenant = tenantId): Promise<void> {
    return this.database.tenant(tenant, async (tx) => work(this.timetable.changesOf(tx, tenant)));
  }

  /** An identity that may act and a launched campaign. */
  async open(identityId: string, campaignId = 'c-1', schedule = always): Promise<void> {
    await this.change((changes) => {
      changes.identity(identityId, { type: 'added', zone: 'Etc/UTC', tier: '' });
      changes.campaign(campaignId, { type: 'launched', schedule });
    });
  }

  plan(...actions: readonly PlannedAction[]): Promise<void> {
    return this.change((changes) => actions.forEach((action) => changes.plan(action)));
  }

  news(...news: readonly AttemptNews[]): Promise<void> {
    return this.change((changes) => news.forEach((each) => changes.attempt(each)));
  }

  claim(visitsMax = 200): Promise<Pass> {
    return claimAllDue(this.deps, { visitsMax });
  }

  /** One batch only, as one of many loops would. */
  claimBatch(visitsMax: number): Promise<Pass> {
    return claimDue(this.deps, { visitsMax });
  }

  explain(actionId: string): Promise<Explanation> {
    return this.explanations.explain(tenantId, actionId, this.now);
  }

  /** What the log says about each claim, oldest first. */
  async decisions(): Promise<ActionClaimed['data'][]> {
    const rows = await this.rows<{ data: ActionClaimed['data'] }>(
      `select data from events where type = 'ActionClaimed' order by position`,
    );
    return rows.map(({ data }) => data);
  }

  pass(ms: number): void {
    this.now = plus(this.now, ms);
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.database.worker((tx) => tx.query(sql, values));
    return rows as Row[];
  }

  claims(): Promise<ClaimRow[]> {
    return this.rows<ClaimRow>(
      `select i.busy_with as action_id, i.identity_id, i.flight_epoch as epoch, i.flight_state as state,
         i.flight_dropped as dropped
       from identities i where i.busy_with is not null
       union all
       select c.action_id, q.identity_id, c.epoch, 'settling', c.dropped
       from settling_claims c join queues q using (tenant_id, queue_id)
       order by action_id`,
    );
  }

  /** As if nobody had reserved what is claimed before its lease ended. */
  async endLeases(): Promise<void> {
    await this.rows(`update identities set flight_lease_until = now() - interval '1 second'`);
  }

  uses(): Promise<UseRow[]> {
    return this.rows<UseRow>(
      `select identity_id, kind, used_at, action_id, first_touch from uses
       order by used_at, action_id`,
    );
  }

  async waiting(): Promise<string[]> {
    const rows = await this.rows<{ action_id: string }>(
      'select action_id from planned_actions order by action_id',
    );
    return rows.map((row) => row.action_id);
  }

  async events(actionId: string): Promise<string[]> {
    const rows = await this.rows<{ type: string; version: number }>(
      'select type, version from events where stream_id = $1 order by version',
      [`claim-${actionId}`],
    );
    return rows.map(({ type }) => type);
  }
}

/** An action as campaign plans it, due at once unless it says otherwise. */
export function action(actionId: string, more: Partial<PlannedAction> = {}): PlannedAction {
  return {
    actionId,
    identityId: 'i-1',
    campaignId: 'c-1',
    leadId: `lead-${actionId}`,
    kind: 'message',
    zone: '',
    priority: 10,
    firstTouch: false,
    dueAt: monday,
    ...more,
  };
}

/** What the sender reports of a claim. */
export function report(
  type: AttemptNews['type'],
  actionId: string,
  more: Partial<AttemptNews> = {},
): AttemptNews {
  return { type, actionId, identityId: 'i-1', epoch: 1, at: monday, ...more };
}
