import type { Transaction } from '@overture/event-store';
import type { QueueName } from '@overture/planner';
import type { PlannedAction } from '../app/timetable.js';
import { planActions, queuesByName } from './plan.sql.js';
import { columns } from './sql.js';

/** Actions of one workspace and the queues they are to wait in. */
export interface PlacedActions {
  readonly actions: readonly PlannedAction[];
  /** In the order of the actions. */
  readonly queueIds: readonly number[];
}

/** Finds the queue of each action, making those that are new. Before any identity is locked. */
export async function placeActions(
  tx: Transaction,
  tenantId: string,
  actions: readonly PlannedAction[],
): Promise<PlacedActions> {
  if (actions.length === 0) return { actions, queueIds: [] };
  const { names, places } = gather(actions);
  let ids = await findQueues(tx, tenantId, names);
  if (ids.includes(undefined)) {
    await makeQueues(tx, tenantId, names);
    ids = await findQueues(tx, tenantId, names);
  }
  return { actions, queueIds: places.map((place) => ids[place] as number) };
}

/** Each queue once, and for each action which of them is its own. */
function gather(actions: readonly PlannedAction[]): { names: QueueName[]; places: number[] } {
  const known = new Map<string, number>();
  const names: QueueName[] = [];
  const places = actions.map((action) => {
    const key = keyOf(action);
    const place = known.get(key) ?? names.push(action) - 1;
    known.set(key, place);
    return place;
  });
  return { names, places };
}

/** Puts actions into their queues, or moves those that wait already; what is in flight stays so. */
export async function writePlans(
  tx: Transaction,
  tenantId: string,
  { actions, queueIds }: PlacedActions,
): Promise<void> {
  if (actions.length === 0) return;
  const placed = actions.map((action, index) => ({ ...action, queueId: queueIds[index] ?? 0 }));
  await tx.query(planActions, [
    tenantId,
    ...columns(
      placed,
      ({ actionId }) => actionId,
      ({ queueId }) => queueId,
      ({ leadId }) => leadId,
      ({ dueAt }) => dueAt,
      ({ hasNote = false }) => hasNote,
      ({ identityId }) => identityId,
      // Only of first contacts is anything asked about a company.
      ({ firstTouch, companyKey = '' }) => (firstTouch && companyKey !== '' ? companyKey : null),
    ),
  ]);
}

function keyOf({ identityId, kind, campaignId, ...rest }: QueueName): string {
  const { zone, priority, firstTouch, hasNote = false } = rest;
  return [identityId, kind, campaignId, zone, priority, firstTouch, hasNote].join('\n');
}

async function findQueues(
  tx: Transaction,
  tenantId: string,
  names: readonly QueueName[],
): Promise<(number | undefined)[]> {
  const { rows } = await tx.query<{ place: number; queue_id: number }>(queuesByName, [
    tenantId,
    ...nameColumns(names),
  ]);
  const byPlace = new Map(rows.map(({ place, queue_id }) => [place - 1, queue_id]));
  return names.map((_, place) => byPlace.get(place));
}

/**
 * A campaign and an identity get a row with their first queue, closed until they are known. The campaign's row is
 * share-locked: opening a campaign waits for its new queues, or they wait and find it open.
 */
async function makeQueues(
  tx: Transaction,
  tenantId: string,
  names: readonly QueueName[],
): Promise<void> {
  const campaigns = sortedSet(names.map(({ campaignId }) => campaignId));
  await tx.query(
    `insert into campaigns (tenant_id, campaign_id) select $1, unnest($2::text[]) on conflict do nothing`,
    [tenantId, campaigns],
  );
  await tx.query(
    `select from campaigns where tenant_id = $1 and campaign_id = any ($2)
     order by campaign_id for key share`,
    [tenantId, campaigns],
  );
  await tx.query(
    `insert into identities (tenant_id, identity_id) select $1, unnest($2::text[]) on conflict do nothing`,
    [tenantId, sortedSet(names.map(({ identityId }) => identityId))],
  );
  await tx.query(
    `insert into queues (tenant_id, identity_id, kind, campaign_id, zone, priority, first_touch, with_note)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::boolean[],
       $8::boolean[])
     order by 2, 3, 4, 5, 6, 7, 8 on conflict do nothing`,
    [tenantId, ...nameColumns(names)],
  );
}

function nameColumns(names: readonly QueueName[]): string[] {
  return columns<QueueName>(
    names,
    (name) => name.identityId,
    (name) => name.kind,
    (name) => name.campaignId,
    (name) => name.zone,
    (name) => name.priority,
    (name) => name.firstTouch,
    ({ hasNote = false }) => hasNote,
  );
}

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
