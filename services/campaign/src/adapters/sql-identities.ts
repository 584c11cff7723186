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
}
