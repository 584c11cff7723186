import { plus, secondMs, seededBetween, seededFraction } from '@overture/kernel';
import { plan } from '../store/agenda.sql.js';
import { insertDelivery } from '../store/deliveries.sql.js';
import { meetFault, webhookFaults } from '../store/faults.sql.js';
import type { Identity } from '../store/identities.sql.js';
import { webhookTarget } from '../store/webhook-targets.sql.js';
import { uuidOf } from '../world/names.js';
import type { Scene } from './call.js';

export type Notice = 'AUTH_SUCCESS' | 'AUTH_EXPIRED' | 'AUTH_FAILED';

/** Puts an integration webhook on its way: late, now and then twice, and so out of order. */
export async function notify(
  scene: Scene,
  identity: Identity,
  { event, generation }: { event: Notice; generation: number },
): Promise<void> {
  const { sql, world, now } = scene;
  const target = await webhookTarget(sql, identity.workspace);
  if (target === undefined) return;
  const uid = uuidOf(world.seed, 'webhook', identity.uid, generation, event);
  const body = {
    event,
    ...(event === 'AUTH_SUCCESS' ? {} : { action_to_be_taken: 'RETRY_LOGIN' }),
    identity_uid: identity.uid,
    integration: 'linkedin',
    integration_uid: integrationUid(world.seed, identity.uid),
    status: event === 'AUTH_SUCCESS' ? 'VALID' : 'INVALID',
    timestamp: now,
  };
  await insertDelivery(sql, { uid, kind: 'integration', ...target, body, created_at: now });
  await planDeliveries(scene, identity.uid, uid);
}

export function integrationUid(seed: string, identityUid: string): string {
  return uuidOf(seed, 'integration', identityUid);
}

async function planDeliveries(scene: Scene, identityUid: string, uid: string): Promise<void> {
  const { sql, world, now } = scene;
  const fault = await meetFault(sql, webhookFaults, { identityUid, action: 'webhook' });
  if (fault?.kind === 'drop-webhook') return;
  const drawn = seededFraction(`${world.seed}|${uid}|twice`) < world.knobs.webhookTwiceShare;
  const copies = fault?.kind === 'double-webhook' || drawn ? 2 : 1;
  const [min, max] = world.knobs.webhookAfterSeconds;
  for (let copy = 1; copy <= copies; copy++) {
    const seconds = seededBetween(`${world.seed}|${uid}|${copy}`, min, max);
    const dueAt = plus(now, seconds * secondMs);
    await plan(sql, { dueAt, kind: 'deliver', details: { uid } });
  }
}
