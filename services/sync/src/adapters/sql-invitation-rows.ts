import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import {
  InvitationRows,
  type IdentityKey,
  type LeadSighting,
  type SeenInvitation,
} from '../app/ports.js';
import { onePerName } from './one-per-name.js';

// $1 tenant, $2 identity, $3 invitations seen, $4 now. Missing once, it may only have slipped between two pages.
const missSql = `
  with missed as (
    update sent_invitations i set missed_at = coalesce(i.missed_at, $4::timestamptz),
      gone_at = case when i.missed_at is not null then $4::timestamptz end
    where i.tenant_id = $1 and i.identity_id = $2 and i.gone_at is null
      and i.invitation_id <> all($3::text[])
    returning i.fingerprint, i.sent_at, i.gone_at)
  select f.lead_id as "leadId", min(m.sent_at) as at, '' as "messageId",
         array_agg(m.fingerprint) as names
  from missed m
  join lead_names n on n.tenant_id = $1 and n.fingerprint = m.fingerprint
  join followed_leads f on f.tenant_id = $1 and f.identity_id = $2 and f.lead_id = n.lead_id
  where m.gone_at is not null and f.connected_at is null and not exists (
    select from connections c
    where c.tenant_id = $1 and c.identity_id = $2 and c.fingerprint = m.fingerprint)
  group by f.lead_id order by f.lead_id`;

export class SqlInvitationRows extends InvitationRows {
  async save(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    { seen, at }: { seen: readonly SeenInvitation[]; at: Instant },
  ): Promise<LeadSighting[]> {
    const rows = onePerName(seen);
    await tx.query(
      `insert into sent_invitations (tenant_id, identity_id, fingerprint, invitation_id, sent_at)
       select $1, $2, * from unnest($3::text[], $4::text[], $5::timestamptz[])
       on conflict (tenant_id, identity_id, fingerprint) do update set
         invitation_id = excluded.invitation_id, sent_at = excluded.sent_at,
         missed_at = null, gone_at = null`,
      [
        tenantId,
        identityId,
        rows.map(([name]) => name),
        rows.map(([, { invitationId }]) => invitationId),
        rows.map(([, { sentAt }]) => sentAt),
      ],
    );
    const open = seen.map(({ invitationId }) => invitationId);
    const gone = await tx.query<LeadSighting>(missSql, [tenantId, identityId, open, at]);
    return gone.rows;
  }

  async close(
    tx: Transaction,
    { tenantId, identityId, leadId }: IdentityKey & { leadId: string },
    at: Instant,
  ): Promise<Instant | undefined> {
    const { rows } = await tx.query<{ sentAt: Instant }>(
      `update sent_invitations i set gone_at = $4 from lead_names n
       where i.tenant_id = $1 and i.identity_id = $2 and i.gone_at is null
         and n.tenant_id = $1 and n.lead_id = $3 and n.fingerprint = i.fingerprint
       returning i.sent_at as "sentAt"`,
      [tenantId, identityId, leadId, at],
    );
    return rows[0]?.sentAt;
  }
}
