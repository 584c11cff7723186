import { tiers } from '@overture/policy';
import { Identities, type AddedIdentity, type IdentityPolicyRow } from '../app/identities.js';
import type { Scope } from '../app/scope.js';
import { upsertRows } from './rows.js';

const identities = { name: 'identities', key: ['tenant_id', 'identity_id'] };

export class SqlIdentities extends Identities {
  override add({ tx, tenantId }: Scope, { identityId, tier, zone }: AddedIdentity) {
    return upsertRows(tx, identities, [{ tenantId, identityId, tier: knownTier(tier), zone }]);
  }

  override change(
    { tx, tenantId }: Scope,
    { identityId, tier, hours, holidayRegion }: IdentityPolicyRow,
  ) {
    const row = { tenantId, identityId, tier: knownTier(tier), hours, holidayRegion };
    return upsertRows(tx, identities, [row]);
  }
}

/** Of a tier that this release does not know: the one that may say least. */
function knownTier(tier: string): string {
  return tiers.find((known) => known === tier) ?? 'classic';
}
