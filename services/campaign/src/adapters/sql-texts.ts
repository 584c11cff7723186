import type { Scope } from '../app/scope.js';
import { Texts, type PersonInCampaign, type Speaker, type VariantTally } from '../app/texts.js';
import { fromRows } from './rows.js';

export class SqlTexts extends Texts {
  override async speakers({ tx, tenantId }: Scope, identityIds: readonly string[]) {
    const result = await tx.query(
      `select wanted.identity_id, coalesce(i.tier, 'classic') as tier
       from unnest($2::text[]) with ordinality as wanted (identity_id, place)
       left join identities i on i.tenant_id = $1 and i.identity_id = wanted.identity_id
       order by wanted.place`,
      [tenantId, identityIds],
    );
    return fromRows<Speaker>(result);
  }

  override async variantTallies({ tx, tenantId }: Scope, campaignId: string) {
    return fromRows<VariantTally>(await tx.query(variantTallies, [tenantId, campaignId]));
  }

  override async under(
    { tx, tenantId }: Scope,
    campaignId: string,
    { afterId, limit }: { afterId: string; limit: number },
  ) {
    const result = await tx.query(
      `select enrollment_id, lead_id, sequence_version from enrollments
       where tenant_id = $1 and campaign_id = $2 and ended_at is null and enrollment_id > $3
       order by enrollment_id limit $4`,
      [tenantId, campaignId, afterId, limit],
    );
    return fromRows<PersonInCampaign>(result);
  }
}

// Leads, not actions: a step that was tried again counts its lead once. A reply belongs to the last words before it.
export const variantTallies = `
select a.step_id, a.kind, a.variant_id as variant,
  count(distinct a.enrollment_id) as exposed,
  count(distinct a.enrollment_id) filter (where a.sent_at is not null) as sent,
  count(distinct a.enrollment_id) filter (where a.sent_at is not null and a.kind = 'connect'
    and e.connection_accepted_at is not null) as accepted,
  count(distinct a.enrollment_id) filter (where a.sent_at = words.last_at) as replied
from actions a
join enrollments e on e.tenant_id = a.tenant_id and e.enrollment_id = a.enrollment_id
left join lateral (
  select max(said.sent_at) as last_at from actions said
  where e.replied_at is not null
    and said.tenant_id = a.tenant_id and said.enrollment_id = a.enrollment_id
    and said.kind in ('connect', 'message', 'inmail', 'comment') and said.sent_at <= e.replied_at
) words on true
where a.tenant_id = $1 and a.campaign_id = $2 and a.variant_id <> ''
group by a.step_id, a.kind, a.variant_id
order by min(a.step), a.step_id, a.kind, a.variant_id`;
