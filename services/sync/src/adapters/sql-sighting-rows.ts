import type { Transaction } from '@overture/event-store';
import {
  SightingRows,
  type DoubtfulConversation,
  type FollowedLead,
  type IdentityKey,
  type LeadNames,
  type LeadRelation,
  type LeadSighting,
  type LeadState,
  type SeenConnection,
  type SeenConversation,
} from '../app/ports.js';
import { onePerName } from './one-per-name.js';
import { leadState, relationsOf } from './read-relations.js';
import { doubtfulSql, newlyConnectedSql, newlyRepliedSql } from './sighting-queries.js';

export class SqlSightingRows extends SightingRows {
  async saveConnections(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    seen: readonly SeenConnection[],
  ): Promise<void> {
    const rows = onePerName(seen);
    await tx.query(
      `insert into connections (tenant_id, identity_id, fingerprint, connected_at, names)
       select $1, $2, fingerprint, connected_at, string_to_array(names, ' ')
       from unnest($3::text[], $4::timestamptz[], $5::text[]) as c (fingerprint, connected_at, names)
       on conflict (tenant_id, identity_id, fingerprint)
         do update set connected_at = excluded.connected_at, names = excluded.names
       where connections.connected_at <> excluded.connected_at or connections.names <> excluded.names`,
      [
        tenantId,
        identityId,
        rows.map(([name]) => name),
        rows.map(([, { connectedAt }]) => connectedAt),
        rows.map(([, { names }]) => names.join(' ')),
      ],
    );
  }

  async saveConversations(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    seen: readonly SeenConversation[],
  ): Promise<void> {
    const rows = onePerName(seen);
    const column = <T>(of: (conversation: SeenConversation) => T): T[] =>
      rows.map(([, each]) => of(each));
    await tx.query(
      `insert into conversations
         (tenant_id, identity_id, fingerprint, thread, last_message_id, last_message_at, last_from_lead,
          received, lead_message_id, lead_message_at)
       select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[],
         $8::integer[], $9::text[], $10::timestamptz[])
       on conflict (tenant_id, identity_id, fingerprint) do update set
         thread = excluded.thread, last_message_id = excluded.last_message_id,
         last_message_at = excluded.last_message_at, last_from_lead = excluded.last_from_lead,
         received = greatest(conversations.received, excluded.received),
         lead_message_id = coalesce(excluded.lead_message_id, conversations.lead_message_id),
         lead_message_at = coalesce(excluded.lead_message_at, conversations.lead_message_at)
       where conversations.last_message_at <= excluded.last_message_at`,
      [
        tenantId,
        identityId,
        rows.map(([name]) => name),
        column(({ thread }) => thread),
        column(({ lastMessageId }) => lastMessageId),
        column(({ lastMessageAt }) => lastMessageAt),
        column(({ lastFromLead }) => lastFromLead),
        column(({ received }) => received),
        column(({ leadMessage }) => leadMessage?.messageId ?? null),
        column(({ leadMessage }) => leadMessage?.at ?? null),
      ],
    );
  }

  newlyConnected(
    tx: Transaction,
    of: IdentityKey,
    names: readonly string[],
  ): Promise<LeadSighting[]> {
    return sightings(tx, newlyConnectedSql, of, names);
  }

  newlyReplied(
    tx: Transaction,
    of: IdentityKey,
    names: readonly string[],
  ): Promise<LeadSighting[]> {
    return sightings(tx, newlyRepliedSql, of, names);
  }

  markConnected(tx: Transaction, of: IdentityKey, seen: readonly LeadSighting[]): Promise<void> {
    return mark(tx, 'connected_at', of, seen);
  }

  markReplied(tx: Transaction, of: IdentityKey, seen: readonly LeadSighting[]): Promise<void> {
    return mark(tx, 'replied_at', of, seen);
  }

  async doubtful(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    seen: readonly SeenConversation[],
  ): Promise<DoubtfulConversation[]> {
    const ours = onePerName(seen.filter(({ lastFromLead }) => !lastFromLead));
    if (ours.length === 0) return [];
    const { rows } = await tx.query<DoubtfulConversation>(doubtfulSql, [
      tenantId,
      identityId,
      ours.map(([name]) => name),
      ours.map(([, { thread }]) => thread),
      ours.map(([, { lastMessageId }]) => lastMessageId),
    ]);
    return rows;
  }

  async ownMessage(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    messageId: string,
  ): Promise<void> {
    await tx.query('insert into own_messages values ($1, $2, $3) on conflict do nothing', [
      tenantId,
      identityId,
      messageId,
    ]);
  }

  relationsOf(
    tx: Transaction,
    of: IdentityKey,
    leads: readonly LeadNames[],
  ): Promise<LeadRelation[]> {
    return relationsOf(tx, of, leads);
  }

  leadState(tx: Transaction, of: IdentityKey, leadId: string): Promise<LeadState> {
    return leadState(tx, of, leadId);
  }

  async follow(tx: Transaction, of: IdentityKey, lead: FollowedLead): Promise<void> {
    await tx.query(
      `insert into followed_leads (tenant_id, identity_id, lead_id, since) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [of.tenantId, of.identityId, lead.leadId, lead.since],
    );
    await this.learnNames(tx, of.tenantId, lead);
  }

  async namesOf(tx: Transaction, tenantId: string, leadId: string): Promise<string[]> {
    const { rows } = await tx.query<{ name: string }>(
      `select fingerprint as name from lead_names where tenant_id = $1 and lead_id = $2
       order by fingerprint`,
      [tenantId, leadId],
    );
    return rows.map(({ name }) => name);
  }

  async learnNames(tx: Transaction, tenantId: string, { leadId, names }: LeadNames): Promise<void> {
    await tx.query(
      `insert into lead_names (tenant_id, fingerprint, lead_id)
       select $1, name, $2 from unnest($3::text[]) name on conflict do nothing`,
      [tenantId, leadId, names],
    );
  }
}

async function sightings(
  tx: Transaction,
  sql: string,
  { tenantId, identityId }: IdentityKey,
  names: readonly string[],
): Promise<LeadSighting[]> {
  if (names.length === 0) return [];
  const { rows } = await tx.query<LeadSighting>(sql, [tenantId, identityId, names]);
  return rows;
}

async function mark(
  tx: Transaction,
  column: 'connected_at' | 'replied_at',
  { tenantId, identityId }: IdentityKey,
  seen: readonly LeadSighting[],
): Promise<void> {
  if (seen.length === 0) return;
  await tx.query(
    `update followed_leads f set ${column} = seen.at
     from unnest($3::text[], $4::timestamptz[]) as seen (lead_id, at)
     where f.tenant_id = $1 and f.identity_id = $2 and f.lead_id = seen.lead_id`,
    [tenantId, identityId, seen.map(({ leadId }) => leadId), seen.map(({ at }) => at)],
  );
}
