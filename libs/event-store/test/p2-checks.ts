import type { Query } from './p2-writers.js';

/** What a reader saw that follows a bucket by its cursor while others write. */
export interface Followed {
  readonly ids: string[];
  readonly positions: number[];
}

/** Follows bucket 0 of a tenant by position, as a relay does, until told to stop and nothing is left. */
export async function follow(
  query: Query,
  tenantId: string,
  followed: Followed,
  stopped: () => boolean,
): Promise<void> {
  let cursor = 0;
  for (;;) {
    const last = stopped();
    const { rows } = await query(
      `select event_id, position::int from events
       where tenant_id = $1 and bucket = 0 and position > $2 order by position limit 100`,
      [tenantId, cursor],
    );
    for (const { event_id, position } of rows as { event_id: string; position: number }[]) {
      followed.ids.push(event_id);
      followed.positions.push(position);
      cursor = position;
    }
    if (last && rows.length === 0) return;
  }
}

/** Every way in which P1 and P2 are broken for a tenant; expected: none. */
export async function violations(
  query: Query,
  tenantId: string,
  seen: { acknowledged: ReadonlySet<string>; followed: Followed },
): Promise<string[]> {
  const found = await brokenRules(query, tenantId);
  const { rows } = await query('select event_id from events where tenant_id = $1', [tenantId]);
  const stored = new Set((rows as { event_id: string }[]).map(({ event_id }) => event_id));
  if ([...seen.acknowledged].some((id) => !stored.has(id)))
    found.push('an acknowledged event is lost');
  const followed = new Set(seen.followed.ids);
  if ([...stored].some((id) => !followed.has(id))) found.push('the follower missed an event');
  if (followed.size !== seen.followed.ids.length) found.push('the follower saw an event twice');
  if (seen.followed.positions.some((position, index) => position !== index + 1)) {
    found.push('the follower met a hole');
  }
  return found;
}

/** The rules of P2 that the tables themselves break for a tenant. */
export async function brokenRules(query: Query, tenantId: string): Promise<string[]> {
  const found: string[] = [];
  for (const [sentence, sql] of Object.entries(rules)) {
    if ((await query(sql, [tenantId])).rows.length > 0) found.push(sentence);
  }
  return found;
}

const rules = {
  'a stream has a hole or does not start at 1': `
    select from events where tenant_id = $1 group by stream_id
    having min(version) <> 1 or max(version) <> count(*)`,
  'a bucket has a hole or does not start at 1': `
    select from events where tenant_id = $1 group by bucket
    having min(position) <> 1 or max(position) <> count(*)`,
  'a stream runs against its bucket': `
    select from (
      select position - lag(position) over (partition by stream_id order by version) as step
      from events where tenant_id = $1
    ) steps where step <= 0`,
  'a stream is not where its events are': `
    select from streams s where tenant_id = $1 and (version, bucket, bucket) <> (
      select count(*), coalesce(min(bucket), -1), coalesce(max(bucket), -1) from events e
      where e.tenant_id = s.tenant_id and e.stream_id = s.stream_id)`,
  'a bucket is not where its events are': `
    select from bucket_head h where tenant_id = $1 and head <> (
      select count(*) from events e where e.tenant_id = h.tenant_id and e.bucket = h.bucket)`,
};
