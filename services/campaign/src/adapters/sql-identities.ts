import type { Tier } from '@overture/policy';
import type { Scope } from '../app/scope.js';
import { Identities } from '../app/tables.js';
import { upsertRows } from './rows.js';

const identities = { name: 'identities', key: ['tenant_id', 'identity_id'] };
const tiers: ReadonlySet<string> = new Set<Tier>(['classic', 'premium', 'sales_navigator']);

export class SqlIdentities extends Identities {
  override save(
    { tx, tenantId }: Scope,
    { identityId, tier }: { identityId: string; tier: string },
  ) {
    const known = tiers.has(tier) ? tier : 'classic';
    return upsertRows(tx, identities, [{ tenantId, identityId, tier: known }]);
  }

  override async tierOf({ tx, tenantId }: Scope, identityId: string): Promise<Tier> {
    const { rows } = await tx.query<{ tier: Tier }>(
      'select tier from identities where tenant_id = $1 and identity_id = $2',
      [tenantId, identityId],
    );
    return rows[0]?.tier ?? 'classic';
  }
}
