import { reinviteLockMs } from '@overture/domain-sync';
import { plus, type Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import type { IdentityKey, LeadNames, LeadRelation, LeadState } from '../app/ports.js';
import { checkRelationsSql } from './sighting-queries.js';

/** How an identity stands with each of these leads. */
export async function relationsOf(
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

/** What is known of one lead before a send. */
export async function leadState(
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

interface RelationRow {
  readonly leadId: string;
  readonly connected: boolean;
  readonly lastMessageAt: Instant | null;
  readonly lastFromLead: boolean | null;
  readonly answered: boolean;
  readonly pending: boolean;
  readonly goneAt: Instant | null;
  readonly fingerprints: string[];
}

const stranger: Omit<LeadRelation, 'leadId'> = {
  relation: 'not_connected',
  lastMessageAt: '',
  lastMessageFromLead: false,
  answeredBefore: false,
  reinviteLockedUntil: '',
  fingerprints: [],
};

function relationFrom(leadId: string, row: RelationRow | undefined): LeadRelation {
  if (row === undefined) return { leadId, ...stranger };
  return {
    leadId,
    relation: standing(row),
    lastMessageAt: row.lastMessageAt ?? '',
    lastMessageFromLead: row.lastFromLead ?? false,
    answeredBefore: row.answered,
    reinviteLockedUntil: row.goneAt ? plus(row.goneAt, reinviteLockMs) : '',
    fingerprints: row.fingerprints,
  };
}

function standing({ connected, pending }: RelationRow): LeadRelation['relation'] {
  if (connected) return 'first_degree';
  return pending ? 'pending' : 'not_connected';
}
