import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { ColleagueStops, type CompanyStop } from '../app/colleague-stops.js';
import type { Scope } from '../app/scope.js';
import { stopsColleagues } from './person-conditions.js';
import { fromRow } from './rows.js';

export class SqlColleagueStops extends ColleagueStops {
  constructor(private readonly database: Database) {
    super();
  }

  override open(scope: Scope, enrollmentIds: readonly string[], at: Instant) {
    return this.change(open, scope, enrollmentIds, at);
  }

  override withdraw(scope: Scope, enrollmentIds: readonly string[], at: Instant) {
    return this.change(withdraw, scope, enrollmentIds, at);
  }

  override renew(scope: Scope, enrollmentIds: readonly string[], at: Instant) {
    return this.change(renew, scope, enrollmentIds, at);
  }

  private async change(
    statement: { name: string; text: string },
    { tx, tenantId, meta }: Scope,
    enrollmentIds: readonly string[],
    at: Instant,
  ): Promise<number> {
    const values = [tenantId, enrollmentIds, at, JSON.stringify(meta)];
    const { rowCount } = await tx.query(statement, values);
    return rowCount ?? 0;
  }

  override async take({ tx, tenantId }: Scope): Promise<CompanyStop | undefined> {
    const { rows } = await tx.query(take, [tenantId]);
    return rows[0] === undefined ? undefined : fromRow<CompanyStop>(rows[0]);
  }

  override underWay(scope: Scope, stop: CompanyStop, limit: number) {
    return this.ids(underWay, scope, stop, limit);
  }

  override stopped(scope: Scope, stop: CompanyStop, limit: number) {
    return this.ids(stopped, scope, stop, limit);
  }

  private async ids(
    text: string,
    { tx, tenantId }: Scope,
    { campaignId, company }: CompanyStop,
    limit: number,
  ): Promise<readonly string[]> {
    const values = [tenantId, campaignId, company, limit];
    const { rows } = await tx.query<{ enrollment_id: string }>(text, values);
    return rows.map((row) => row.enrollment_id);
  }

  override async answered({ tx, tenantId }: Scope, campaignId: string): Promise<readonly string[]> {
    const { rows } = await tx.query<{ company: string }>(
      `select distinct company from colleague_stops where tenant_id = $1 and campaign_id = $2 and stands`,
      [tenantId, campaignId],
    );
    return rows.map((row) => row.company);
  }

  override async settle({ tx, tenantId }: Scope, stop: CompanyStop, at: Instant): Promise<void> {
    await tx.query(
      'update colleague_stops set settled_at = $3 where tenant_id = $1 and enrollment_id = $2',
      [tenantId, stop.enrollmentId, at],
    );
  }

  override workspacesRunning(): Promise<readonly string[]> {
    return this.database.worker(async (tx) => {
      const { rows } = await tx.query<{ tenant_id: string }>(
        `select distinct tenant_id from colleague_stops where settled_at is null order by tenant_id`,
      );
      return rows.map((row) => row.tenant_id);
    });
  }
}

const open = {
  name: 'campaign-open-colleague-stops',
  text: `
    insert into colleague_stops as s (tenant_id, enrollment_id, campaign_id, company, lead_id, meta, changed_at)
    select $1, e.enrollment_id, e.campaign_id, l.company, e.lead_id, $4, $3
    from enrollments e
    join leads l using (tenant_id, lead_id)
    join campaigns c using (tenant_id, campaign_id)
    where e.tenant_id = $1 and e.enrollment_id = any ($2) and l.company <> '' and ${stopsColleagues('c')}
    order by e.enrollment_id
    on conflict (tenant_id, enrollment_id) do update
      set stands = true, company = excluded.company, meta = excluded.meta, changed_at = excluded.changed_at,
        settled_at = null`,
};

// Whoever was stopped for others before the own reply came is of a company that is to be looked at again, too.
const withdraw = {
  name: 'campaign-withdraw-colleague-stops',
  text: `
    update colleague_stops s set stands = s.stands and s.enrollment_id <> all ($2), meta = $4, changed_at = $3,
      settled_at = null
    where s.tenant_id = $1 and (s.enrollment_id = any ($2) or (s.campaign_id, s.company) in (
      select e.campaign_id, e.stopped_for from enrollments e
      where e.tenant_id = $1 and e.enrollment_id = any ($2) and e.stopped_for <> ''
    ))`,
};

const renew = {
  name: 'campaign-renew-colleague-stops',
  text: `
    update colleague_stops s set settled_at = null, meta = $4, changed_at = $3
    where s.tenant_id = $1 and s.stands and (s.campaign_id, s.company) in (
      select e.campaign_id, l.company from enrollments e join leads l using (tenant_id, lead_id)
      where e.tenant_id = $1 and e.enrollment_id = any ($2) and l.company <> ''
    )`,
};

const take = `
  select s.enrollment_id, s.campaign_id, s.company, s.meta, ${stopsColleagues('c')} as stops, (
    select o.lead_id from colleague_stops o
    where o.tenant_id = $1 and o.campaign_id = s.campaign_id and o.company = s.company and o.stands
    order by o.changed_at, o.enrollment_id limit 1
  ) as colleague_lead_id
  from colleague_stops s join campaigns c using (tenant_id, campaign_id)
  where s.tenant_id = $1 and s.settled_at is null
  order by s.changed_at, s.enrollment_id limit 1 for update of s skip locked`;

const underWay = `
  select e.enrollment_id from leads l
  join enrollments e on e.tenant_id = $1 and e.lead_id = l.lead_id and e.campaign_id = $2
    and e.ended_at is null
  where l.tenant_id = $1 and l.company = $3 and l.company <> ''
  order by e.enrollment_id limit $4`;

const stopped = `
  select e.enrollment_id from enrollments e
  where e.tenant_id = $1 and e.campaign_id = $2 and e.stopped_for = $3 and e.stopped_for <> ''
    and e.status = 'stopped'
  order by e.enrollment_id limit $4`;
