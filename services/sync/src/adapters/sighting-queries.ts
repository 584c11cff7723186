/** $1 tenant, $2 identity, $3 names seen. Whoever was connected before we followed them accepted nothing. */
export const newlyConnectedSql = `
  select f.lead_id as "leadId", min(c.connected_at) as at, '' as "messageId",
         array_agg(c.fingerprint) as names
  from connections c
  join lead_names n using (tenant_id, fingerprint)
  join followed_leads f using (tenant_id, identity_id, lead_id)
  where c.tenant_id = $1 and c.identity_id = $2 and c.fingerprint = any($3)
    and f.connected_at is null and c.connected_at > f.since
  group by f.lead_id order by f.lead_id`;

/** $1 tenant, $2 identity, $3 names seen. What the lead wrote before we followed them is no reply to us (F090). */
export const newlyRepliedSql = `
  select distinct on (f.lead_id) f.lead_id as "leadId", c.lead_message_at as at,
         c.lead_message_id as "messageId", array[c.fingerprint] as names
  from conversations c
  join lead_names n using (tenant_id, fingerprint)
  join followed_leads f using (tenant_id, identity_id, lead_id)
  where c.tenant_id = $1 and c.identity_id = $2 and c.fingerprint = any($3)
    and c.lead_message_at > f.since
    and (f.replied_at is null or c.lead_message_at > f.replied_at)
  order by f.lead_id, c.lead_message_at desc`;

/**
 * $1 tenant, $2 identity; of conversations whose last message is ours: $3 names, $4 threads, $5 message ids. Those of
 * followed leads, unless the message is known or the product sent it.
 */
export const doubtfulSql = `
  select seen.thread, max(greatest(f.since, coalesce(c.last_message_at, f.since))) as "knownUntil"
  from unnest($3::text[], $4::text[], $5::text[]) as seen (fingerprint, thread, message_id)
  join lead_names n on n.tenant_id = $1 and n.fingerprint = seen.fingerprint
  join followed_leads f on f.tenant_id = $1 and f.identity_id = $2 and f.lead_id = n.lead_id
  left join conversations c
    on c.tenant_id = $1 and c.identity_id = $2 and c.fingerprint = seen.fingerprint
  where c.last_message_id is distinct from seen.message_id and not exists (
    select from own_messages o
    where o.tenant_id = $1 and o.identity_id = $2 and o.message_id = seen.message_id)
  group by seen.thread`;

/** $1 tenant, $2 identity, $3 and $4 pairs of lead and name: how the identity stands with each lead. */
export const checkRelationsSql = `
  select asked.lead_id as "leadId", bool_or(c.fingerprint is not null) as connected,
         max(t.last_message_at) as "lastMessageAt",
         (array_agg(t.last_from_lead order by t.last_message_at desc)
            filter (where t.last_message_at is not null))[1] as "lastFromLead",
         coalesce(bool_or(t.received > 0 or t.lead_message_at is not null), false) as answered,
         coalesce(bool_or(i.fingerprint is not null and i.gone_at is null), false) as pending,
         max(i.gone_at) as "goneAt",
         array (select distinct unnest(k.names) from connections k
           where k.tenant_id = $1 and k.identity_id = $2
             and k.fingerprint = any (array_agg(asked.fingerprint)) order by 1) as fingerprints
  from unnest($3::text[], $4::text[]) as asked (lead_id, fingerprint)
  left join connections c
    on c.tenant_id = $1 and c.identity_id = $2 and c.fingerprint = asked.fingerprint
  left join conversations t
    on t.tenant_id = $1 and t.identity_id = $2 and t.fingerprint = asked.fingerprint
  left join sent_invitations i
    on i.tenant_id = $1 and i.identity_id = $2 and i.fingerprint = asked.fingerprint
  group by asked.lead_id`;
