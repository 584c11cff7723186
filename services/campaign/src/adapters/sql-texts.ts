import type { Scope } from '../app/scope.js';
import { Texts, type PersonInCampaign, type Speaker } from '../app/texts.js';
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
