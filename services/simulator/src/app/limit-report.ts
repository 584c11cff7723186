import { plus } from '@overture/kernel';
import { readIdentity } from '../store/identities.sql.js';
import { windowMs, type CountedKind } from '../world/limits.js';
import { refusal, success, type Answer } from './answer.js';
import type { Scene } from './call.js';
import { availableAt, budgetOf } from './limits.js';

const kinds: Readonly<Record<string, CountedKind>> = {
  'linkedin-visit-profile': 'visit',
  'linkedin-connect-profile': 'invite',
  'linkedin-message-profile': 'message',
};

/** The Smart Limit state of one identity and action. */
export async function limitReport(
  scene: Scene,
  { identityUid, action }: { identityUid: string; action: string },
): Promise<Answer> {
  const identity = await readIdentity(scene.sql, identityUid);
  const kind = kinds[action];
  if (identity === undefined || kind === undefined) return refusal(404, 'STATUS_404');
  const budget = await budgetOf(scene, identity, kind);
  const remaining = Math.max(0, budget.capacity - budget.used);
  const limit = {
    id: `${action}-day`,
    name: 'Day',
    slug: 'DAY',
    max_limit: budget.capacity,
    consumed: budget.used,
    remaining,
    has_reached_limit: remaining === 0,
    started_at: plus(scene.now, -windowMs),
    ended_at: scene.now,
    first_consumption_at: budget.firstAt,
    last_consumption_at: budget.lastAt,
    available_at: availableAt(scene, identity, budget) ?? null,
  };
  const level = identity.tier === 'navigator' ? 'SALES_NAVIGATOR' : 'CLASSIC';
  return success({
    identity_uid: identity.uid,
    action_slug: action,
    level,
    standard_level: level,
    limits: [limit],
  });
}
