import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import {
  SightingRows,
  type FollowedLead,
  type IdentityKey,
  type LeadNames,
  type LeadRelation,
  type LeadSighting,
  type LeadState,
  type SeenConnection,
  type SeenConversation,
} from '../app/ports.js';
import { checkRelationsSql, newlyConnectedSql, newlyRepliedSql } from './sighting-queries.js';

export class SqlSightingRows extends SightingRows {
  async saveConnections(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    seen: readonly SeenConnection[],
  ): Promise<void> {
    const rows = onePerName(seen);
    await tx.query(
      `insert into connections (tenant_id, identity_id, fingerprint, connected_at)
       select $1, $2, * from unnest($3::text[], $4::timestamptz[])
       on conflict (tenant_id, identity_id, fingerprint) do update set connected_at = excluded.connected_at
       where connections.connected_at <> excluded.connected_at`,
      [
        tenantId,
        identityId,
        rows.map(([name]) => name),
        rows.map(([, { connectedAt }]) => connectedAt),
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
         (tenant_id, identity_id, fingerprint, thread, last_message_id, last_message_at, last_from_lead)
       select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[])
       on conflict (tenant_id, identity_id, fingerprint) do update set
         thread = excluded.thread, last_message_id = excluded.last_message_id,
         last_message_at = excluded.last_message_at, last_from_lead = excluded.last_from_lead
       where conversations.last_message_at <= excluded.last_message_at`,
      [
        tenantId,
        identityId,
        rows.map(([name]) => name),
        column(({ thread }) => thread),
        column(({ lastMessageId }) => lastMessageId),
        column(({ lastMessageAt }) => lastMessageAt),
        column(({ lastFromLead }) => lastFromLead),
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

  async relationsOf(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    leads: readonly LeadNames[],
  ): Promise<LeadRelation[]> {
    const pairs = leads.flatMap(({ leadId, names }) => names.map((name) => ({ leadId, name })));
    const { rows } = await tx.query<RelationRow>(checkRelationsSql, [
      tenantId,
      identityId,
      pairs.map(({ leadId }) => leadId),
      pairs.map(({ name }) => name),
    ]);
    const found = new Map(rows.map((row) => [row.leadId, row]));
    return leads.map(({ leadId }) => relationFrom(leadId, found.get(leadId)));
  }

  async leadState(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    leadId: string,
  ): Promise<LeadState> {
    const { rows } = await tx.query<{
      connected: boolean;
      replied: boolean;
      thread: string | null;
    }>(
      `select
         exists (select from connections join lead_names using (tenant_id, fingerprint)
                 where tenant_id = $1 and identity_id = $2 and lead_id = $3) as connected,
         exists (select from followed_leads where tenant_id = $1 and identity_id = $2 and lead_id = $3
                 and replied_at is not null) as replied,
         (select thread from conversations join lead_names using (tenant_id, fingerprint)
          where tenant_id = $1 and identity_id = $2 and lead_id = $3
          order by last_message_at desc limit 1) as thread`,
      [tenantId, identityId, leadId],
    );
    const [{ connected, replied, thread } = { connected: false, replied: false, thread: null }] =
      rows;
    return { connected, replied, thread: thread ?? '' };
  }

  async follow(tx: Transaction, of: IdentityKey, lead: FollowedLead): Promise<void> {
    await tx.query(
      `insert into followed_leads (tenant_id, identity_id, lead_id, since) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [of.tenantId, of.identityId, lead.leadId, lead.since],
    );
    await this.learnNames(tx, of.tenantId, lead);
  }

  async learnNames(tx: Transaction, tenantId: string, { leadId, names }: LeadNames): Promise<void> {
    await tx.query(
      `insert into lead_names (tenant_id, fingerprint, lead_id)
       select $1, name, $2 from unnest($3::text[]) name on conflict do nothing`,
      [tenantId, leadId, names],
    );
  }
}

interface RelationRow {
  readonly leadId: string;
  readonly connected: boolean;
  readonly lastMessageAt: Instant | null;
  readonly lastFromLead: boolean | null;
}

function relationFrom(leadId: string, row: RelationRow | undefined): LeadRelation {
  return {
    leadId,
    relation: row?.connected ? 'first_degree' : 'not_connected',
    lastMessageAt: row?.lastMessageAt ?? '',
    lastMessageFromLead: row?.lastFromLead ?? false,
  };
}

// Overlapping pages show a person twice, and one statement may touch a row only once.
function onePerName<T extends { readonly names: readonly string[] }>(
  seen: readonly T[],
): [string, T][] {
  const byName = new Map<string, T>();
  for (const each of seen) {
    for (const name of each.names) if (!byName.has(name)) byName.set(name, each);
  }
  return [...byName];
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
