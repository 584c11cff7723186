import type { Scope } from '../app/scope.js';
import { Intents, type Gate, type IntentFacts, type LeadRow } from '../app/tables.js';
import { colleagueReplied, isListed, workedElsewhere } from './person-conditions.js';
import { fromRow } from './rows.js';
import { leadColumns } from './lead-columns.js';

type FactsRow = LeadRow & Omit<IntentFacts, 'lead'>;

/** Two statements, because what an intent depends on may only be read once its gates are held. */
export class SqlIntents extends Intents {
  // In the order of the key, so that two who hold several rows never wait for each other in a circle.
  override async hold({ tx, tenantId }: Scope, enrollmentId: string) {
    const { rows } = await tx.query(
      {
        name: 'campaign-hold-gates',
        text: `select g.kind, g.gate_id, g.open, g.cause, g.epoch
          from enrollments e join gates g on g.tenant_id = e.tenant_id and (
            g.kind = 'workspace' and g.gate_id = e.tenant_id
            or g.kind = 'campaign' and g.gate_id = e.campaign_id
            or g.kind in ('identity', 'login') and g.gate_id = e.identity_id)
          where e.tenant_id = $1 and e.enrollment_id = $2
          order by g.kind, g.gate_id for share of g`,
      },
      [tenantId, enrollmentId],
    );
    return rows.map((row) => fromRow<Gate>(row));
  }

  override async facts({ tx, tenantId }: Scope, enrollmentId: string) {
    const { rows } = await tx.query({ name: 'campaign-intent-facts', text: facts }, [
      tenantId,
      enrollmentId,
    ]);
    if (rows[0] === undefined) return undefined;
    const { schedule, steps, tier, ...known } = fromRow<FactsRow>(rows[0]);
    const { listed, workedElsewhere, colleagueReplied, ...more } = known;
    const person = { listed, workedElsewhere, colleagueReplied };
    const { identityZone, identityHours, holidayRegion, ...lead } = more;
    const identity = { identityZone, holidayRegion, ...(identityHours && { identityHours }) };
    return { schedule, steps, tier, ...person, ...identity, lead };
  }
}

const facts = `
select ${leadColumns}, c.schedule, s.steps, coalesce(i.tier, 'classic') as tier,
  coalesce(i.zone, '') as identity_zone, i.hours as identity_hours,
  coalesce(i.holiday_region, '') as holiday_region,
  ${isListed} as listed, ${workedElsewhere} as worked_elsewhere,
  ${colleagueReplied} as colleague_replied
from enrollments e
join leads l using (tenant_id, lead_id)
join campaigns c using (tenant_id, campaign_id)
join sequences s on s.tenant_id = e.tenant_id and s.campaign_id = e.campaign_id
  and s.version = e.sequence_version
left join identities i on i.tenant_id = e.tenant_id and i.identity_id = e.identity_id
where e.tenant_id = $1 and e.enrollment_id = $2`;
