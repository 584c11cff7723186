import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type {
  AllowancesSeen,
  CampaignNews,
  Changes,
  IdentityNews,
  IdentityPolicy,
} from '../app/changes.js';

/** What to set of a row, its own values from the third parameter on. */
interface Change {
  readonly set: string;
  readonly values?: readonly unknown[];
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
    const { set, values = [] } = ofCampaign(news);
    await tx.query(`update campaigns set ${set} where tenant_id = $1 and campaign_id = $2`, [
      ...key,
      ...values,
    ]);
  }
  return inOrder.filter(({ news }) => opens(news)).map(({ campaignId }) => campaignId);
}

/** Pausing an identity, or losing its login, is one row (P7). It must be locked. */
export async function writeIdentities(
  tx: Transaction,
  tenantId: string,
  { changes: { identities }, at }: { changes: Changes; at: Instant },
): Promise<void> {
  for (const { identityId, news } of identities) {
    const { set, values = [], where = '' } = ofIdentity(news);
    await tx.query(
      `insert into identities (tenant_id, identity_id) values ($1, $2) on conflict do nothing`,
      [tenantId, identityId],
    );
    await tx.query(
      `update identities set ${set} where tenant_id = $1 and identity_id = $2 ${where}`,
      [tenantId, identityId, ...values],
    );
    if (loosens(news)) await tx.query(lookAgain, [tenantId, identityId, at]);
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

/** What a company kept waiting is asked again under the campaign's new cap. Its identities must be locked. */
export async function freeSetBack(
  tx: Transaction,
  tenantId: string,
  { campaigns }: Changes,
): Promise<void> {
  const capped = campaigns.filter(({ news }) => news.type === 'capped');
  if (capped.length === 0) return;
  const campaignIds = capped.map(({ campaignId }) => campaignId);
  await tx.query(
    `update planned_actions p set due_at = p.wanted_at, wanted_at = null
     where p.tenant_id = $1 and p.wanted_at is not null and abs(p.queue_id) = any (array(
       select q.queue_id from queues q where q.tenant_id = $1 and q.campaign_id = any ($2)
     ))`,
    [tenantId, campaignIds],
  );
}

/** Other hours or other limits may let go at once what waited for the old ones. */
function loosens({ type }: IdentityNews): boolean {
  return type === 'policy_set' || type === 'allowances_seen';
}

// Its own row and its queues': as many as it has campaigns, whatever waits in them.
const lookAgain = `
  with woken as (
    update queues q set next_slot_at = $3
    where q.tenant_id = $1 and q.identity_id = $2 and (q.next_slot_at > $3 or q.next_slot_at is null)
  )
  update identities set next_slot_at = $3
  where tenant_id = $1 and identity_id = $2 and (next_slot_at is null or next_slot_at > $3)`;

function opens({ type }: CampaignNews): boolean {
  return type !== 'paused' && type !== 'archived';
}

function ofCampaign(news: CampaignNews): Change {
  switch (news.type) {
    case 'launched':
      return { set: 'launched = true, schedule = $3', values: [JSON.stringify(news.schedule)] };
    case 'rescheduled':
      return { set: 'schedule = $3', values: [JSON.stringify(news.schedule)] };
    case 'capped':
      return {
        set: 'daily_caps = $3, company_cap = $4, waits_for_note = $5',
        values: [json(news.caps), json(news.companyCap), news.waitsForNote ?? false],
      };
    case 'paused':
      return { set: 'paused_cause = $3', values: [news.cause] };
    case 'resumed':
      return { set: 'paused_cause = null' };
    case 'archived':
      return { set: 'archived = true' };
  }
}

function json(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

// A signal of an older login than the one we know changes nothing.
const notOlder = 'and login_generation <= $3';

function ofIdentity(news: IdentityNews): Change {
  switch (news.type) {
    case 'added':
      return { set: 'known = true, zone = $3, tier = $4', values: [news.zone, news.tier] };
    case 'policy_set':
      return ofPolicy(news.policy);
    case 'allowances_seen':
      return ofAllowances(news.seen);
    case 'login_lost':
      return {
        set: 'login_lost = true, login_generation = $3',
        values: [news.generation],
        where: notOlder,
      };
    case 'login_restored':
      return {
        set: 'login_lost = false, login_generation = $3',
        values: [news.generation],
        where: notOlder,
      };
    case 'paused':
      return { set: 'paused_cause = $3', values: [news.cause] };
    case 'resumed':
      return { set: 'paused_cause = null' };
  }
}

function ofPolicy(policy: IdentityPolicy): Change {
  const { profile, tier, rampStartedAt, ramp = 'warm_up', hours, holidayRegion } = policy;
  return {
    set: `profile = $3, tier = case when $4 = '' then tier else $4 end, ramp_started_at = $5, hours = $6,
      holiday_region = $7, ramp = $8`,
    values: [
      profile,
      tier,
      rampStartedAt ?? null,
      hours === undefined ? null : JSON.stringify(hours),
      holidayRegion,
      ramp,
    ],
  };
}

// With each number goes how many uses its lane has now: whatever is used later comes on top.
function ofAllowances({
  pendingInvitations,
  inmailCredits,
  notesLeft,
  at,
}: AllowancesSeen): Change {
  return {
    set: `pending_invitations = coalesce($3, pending_invitations),
      connects_then = case when $3::integer is null then connects_then else ${usesOf('connect')} end,
      inmail_credits = coalesce($4, inmail_credits),
      inmails_then = case when $4::integer is null then inmails_then else ${usesOf('inmail')} end,
      notes_left = coalesce($5, notes_left),
      notes_seen_at = case when $5::integer is null then notes_seen_at else $6 end`,
    values: [pendingInvitations ?? null, inmailCredits ?? null, notesLeft ?? null, at],
  };
}

function usesOf(kind: ActionKind): string {
  return `coalesce((select max(u.ordinal) from uses u
    where u.tenant_id = $1 and u.identity_id = $2 and u.kind = '${kind}'), 0)`;
}
