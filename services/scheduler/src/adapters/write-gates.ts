import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { CampaignNews, Changes, IdentityNews } from '../app/changes.js';

interface Change {
  readonly set: string;
  readonly value: unknown;
  readonly where?: string;
}

/** Pausing a campaign is one row, whatever waits (P7). Before any identity is locked; returns who must look again. */
export async function writeCampaigns(
  tx: Transaction,
  tenantId: string,
  { campaigns }: Changes,
): Promise<string[]> {
  const inOrder = [...campaigns].sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
  for (const { campaignId, news } of inOrder) {
    const key = [tenantId, campaignId];
    await tx.query(
      'insert into campaigns (tenant_id, campaign_id) values ($1, $2) on conflict do nothing',
      key,
    );
    // Stronger than the update's own lock: waits for queues being made, so that all of them are woken.
    await tx.query(
      'select from campaigns where tenant_id = $1 and campaign_id = $2 for update',
      key,
    );
    const { set, value } = ofCampaign(news);
    await tx.query(
      `update campaigns set ${set} where tenant_id = $1 and campaign_id = $2`,
      value === undefined ? key : [...key, value],
    );
  }
  return inOrder.filter(({ news }) => opens(news)).map(({ campaignId }) => campaignId);
}

/** Pausing an identity, or losing its login, is one row (P7). Its identity must be locked. */
export async function writeIdentities(
  tx: Transaction,
  tenantId: string,
  { identities }: Changes,
): Promise<void> {
  for (const { identityId, news } of identities) {
    const { set, value, where = '' } = ofIdentity(news);
    await tx.query(
      `insert into identities as i (tenant_id, identity_id) values ($1, $2) on conflict do nothing`,
      [tenantId, identityId],
    );
    await tx.query(
      `update identities set ${set} where tenant_id = $1 and identity_id = $2 ${where}`,
      value === undefined ? [tenantId, identityId] : [tenantId, identityId, value],
    );
  }
}

/** Has every queue of these campaigns looked at anew, after its gate or its windows have changed. */
export async function wakeCampaigns(
  tx: Transaction,
  tenantId: string,
  { campaignIds, at }: { campaignIds: readonly string[]; at: Instant },
): Promise<void> {
  if (campaignIds.length === 0) return;
  await tx.query(
    `with woken as (
       update queues q set next_slot_at = $3
       where q.tenant_id = $1 and q.campaign_id = any ($2)
         and (q.next_slot_at is null or q.next_slot_at > $3)
       returning q.identity_id
     )
     update identities i set next_slot_at = $3
     where i.tenant_id = $1 and i.identity_id in (select w.identity_id from woken w)
       and (i.next_slot_at is null or i.next_slot_at > $3)`,
    [tenantId, campaignIds, at],
  );
}

function opens({ type }: CampaignNews): boolean {
  return type !== 'paused' && type !== 'archived';
}

function ofCampaign(news: CampaignNews): Change {
  switch (news.type) {
    case 'launched':
      return { set: 'launched = true, schedule = $3', value: JSON.stringify(news.schedule) };
    case 'rescheduled':
      return { set: 'schedule = $3', value: JSON.stringify(news.schedule) };
    case 'paused':
      return { set: 'paused_cause = $3', value: news.cause };
    case 'resumed':
      return { set: 'paused_cause = null', value: undefined };
    case 'archived':
      return { set: 'archived = true', value: undefined };
  }
}

// A signal of an older login than the one we know changes nothing.
const notOlder = 'and login_generation <= $3';

function ofIdentity(news: IdentityNews): Change {
  switch (news.type) {
    case 'added':
      return { set: 'known = true, zone = $3', value: news.zone };
    case 'login_lost':
      return {
        set: 'login_lost = true, login_generation = $3',
        value: news.generation,
        where: notOlder,
      };
    case 'login_restored':
      return {
        set: 'login_lost = false, login_generation = $3',
        value: news.generation,
        where: notOlder,
      };
    case 'paused':
      return { set: 'paused_cause = $3', value: news.cause };
    case 'resumed':
      return { set: 'paused_cause = null', value: undefined };
  }
}
