import type { Transaction } from '@overture/event-store';
import type { Clock, Instant } from '@overture/kernel';
import { Changes } from '../app/changes.js';
import { Timetable } from '../app/ports.js';
import { countLateUse } from './outcome.sql.js';
import { byIndexOnly } from './sql.js';
import { writeDrops, writePauses } from './write-drops.js';
import { freeSetBack, wakeCampaigns, writeCampaigns, writeIdentities } from './write-gates.js';
import { writeOutcomes } from './write-outcomes.js';
import { placeActions, writePlans } from './write-plans.js';

/** Writes what a transaction's events change, all of it at its end, locks in one order: no two of them can block. */
export class PostgresTimetable extends Timetable {
  private readonly open = new WeakMap<Transaction, Changes>();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    /** Called after each commit that may have made something due. */
    private readonly changed: () => void,
  ) {
    super();
  }

  changesOf(tx: Transaction, tenantId: string): Changes {
    const known = this.open.get(tx);
    if (known !== undefined) return known;
    const changes = new Changes();
    this.open.set(tx, changes);
    tx.beforeCommit(() => this.write(tx, tenantId, changes));
    tx.afterCommit(this.changed);
    return changes;
  }

  private async write(tx: Transaction, tenantId: string, changes: Changes): Promise<void> {
    await writeDrops(tx, tenantId, changes);
    if (!changes.concernsIdentities) return;
    const at = this.clock.now();
    await byIndexOnly(tx);
    const campaignIds = await writeCampaigns(tx, tenantId, changes);
    const plans = await placeActions(tx, tenantId, [...changes.plans.values()]);
    await lockIdentities(tx, tenantId, { changes, campaignIds });
    await writePauses(tx, tenantId, changes);
    await writeIdentities(tx, tenantId, { changes, at });
    await writeOutcomes(tx, tenantId, { news: changes.news, at });
    await countLateUses(tx, tenantId, { changes, at });
    await writePlans(tx, tenantId, plans);
    await freeSetBack(tx, tenantId, changes);
    await wakeCampaigns(tx, tenantId, { campaignIds, at });
  }
}

async function lockIdentities(
  tx: Transaction,
  tenantId: string,
  { changes, campaignIds }: { changes: Changes; campaignIds: readonly string[] },
): Promise<void> {
  const { plans, pauses, news, identities, lateUses } = changes;
  const named = [...plans.values(), ...pauses, ...news, ...identities, ...lateUses];
  const identityIds = new Set(named.map(({ identityId }) => identityId));
  await tx.query(lock, [tenantId, [...identityIds], campaignIds]);
}

const lock = {
  name: 'scheduler-lock-identities',
  text: `
    select from identities i
    where i.tenant_id = $1 and i.identity_id = any (
      $2::text[] || array(
        select q.identity_id from queues q where q.tenant_id = $1 and q.campaign_id = any ($3::text[])
      )
    )
    order by i.identity_id for no key update`,
};

async function countLateUses(
  tx: Transaction,
  tenantId: string,
  { changes: { lateUses }, at }: { changes: Changes; at: Instant },
): Promise<void> {
  for (const { identityId, kind, actionId } of lateUses) {
    await tx.query(countLateUse, [tenantId, identityId, kind, at, actionId]);
  }
}
