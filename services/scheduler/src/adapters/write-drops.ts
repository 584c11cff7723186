import type { Transaction } from '@overture/event-store';
import type { Changes, Dropped } from '../app/changes.js';
import { actionIdsOf } from '../app/timetable.js';
import { columns } from './sql.js';

/** Takes waiting actions off the timetable; what is in flight is marked, and does not come back. */
export async function writeDrops(
  tx: Transaction,
  tenantId: string,
  { drops }: Changes,
): Promise<void> {
  if (drops.length === 0) return;
  const ranges = columns<Dropped>(
    drops,
    (dropped) => dropped.firstId,
    (dropped) => dropped.lastId,
    (dropped) => dropped.identityId,
  );
  await tx.query(dropActions, [tenantId, ...ranges]);
}

/** Takes a paused lead's action out of its queue, and puts it back when its last pause is over. */
export async function writePauses(
  tx: Transaction,
  tenantId: string,
  { pauses }: Changes,
): Promise<void> {
  for (const pause of pauses) {
    const { enrollmentId, pauseId } = pause;
    await tx.query(pause.open ? openPause : closePause, [tenantId, enrollmentId, pauseId]);
    const { firstId, lastId } = actionIdsOf(enrollmentId);
    await tx.query(pause.open ? takeOut : putBack, [tenantId, firstId, lastId, enrollmentId]);
  }
}

const dropActions = {
  name: 'scheduler-drop-actions',
  text: 'select drop_actions($1, $2, $3, $4)',
};

const openPause = `
  insert into paused_enrollments (tenant_id, enrollment_id, pause_id) values ($1, $2, $3)
  on conflict do nothing`;

const closePause = `
  delete from paused_enrollments where tenant_id = $1 and enrollment_id = $2 and pause_id = $3`;

const takeOut = `
  update planned_actions set queue_id = -queue_id
  where tenant_id = $1 and action_id >= $2 and action_id <= $3 and queue_id > 0
    and exists (select from paused_enrollments where tenant_id = $1 and enrollment_id = $4)`;

const putBack = `
  with back as (
    update planned_actions set queue_id = -queue_id
    where tenant_id = $1 and action_id >= $2 and action_id <= $3 and queue_id < 0
      and not exists (select from paused_enrollments where tenant_id = $1 and enrollment_id = $4)
    returning queue_id, due_at
  ), advanced as (
    update queues q set next_slot_at = b.due_at from back b
    where q.tenant_id = $1 and q.queue_id = b.queue_id
      and (q.next_slot_at is null or q.next_slot_at > b.due_at)
    returning q.identity_id, q.next_slot_at
  )
  update identities i set next_slot_at = a.next_slot_at from advanced a
  where i.tenant_id = $1 and i.identity_id = a.identity_id
    and (i.next_slot_at is null or i.next_slot_at > a.next_slot_at)`;
