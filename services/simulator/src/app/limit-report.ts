import { plus } from '@overture/kernel';
import { readIdentity, type Identity } from '../store/identities.sql.js';
import { windowMs, type CountedKind } from '../world/limits.js';
import { refusal, success, type Answer } from './answer.js';
import type { Scene } from './call.js';
import { availableAt, budgetOf } from './limits.js';
import { inmailRation, noteRation, type Ration } from './rations.js';

const kinds: Readonly<Record<string, CountedKind>> = {
  'linkedin-visit-profile': 'visit',
  'linkedin-connect-profile': 'invite',
  'linkedin-message-profile': 'message',
  'linkedin-search-people': 'search',
  'salesnavigator-search-people': 'search',
  'linkedin-extract-people': 'profile',
};

/** The Smart Limit state of one identity and action. */
export async function limitReport(
  scene: Scene,
  { identityUid, action }: { identityUid: string; action: string },
): Promise<Answer> {
  const identity = await readIdentity(scene.sql, identityUid);
  if (identity === undefined) return refusal(404, 'STATUS_404');
  const limits = await limitsOf(scene, identity, action);
  if (limits === undefined) return refusal(404, 'STATUS_404');
  const level = identity.tier === 'navigator' ? 'SALES_NAVIGATOR' : 'CLASSIC';
  return success({
    identity_uid: identity.uid,
    action_slug: action,
    level,
    standard_level: level,
    limits,
  });
}

async function limitsOf(
  scene: Scene,
  identity: Identity,
  action: string,
): Promise<object[] | undefined> {
  if (action === 'linkedin-inmail-profile') {
    return [monthly(action, 'MONTH', await inmailRation(scene, identity))];
  }
  const kind = kinds[action];
  if (kind === undefined) return undefined;
  const notes = kind === 'invite' ? await noteRation(scene, identity) : undefined;
  const day = await daily(scene, identity, { action, kind });
  return notes === undefined ? [day] : [day, monthly(action, 'PERSONALIZED_NOTES_MONTH', notes)];
}

function monthly(action: string, slug: string, { used, capacity, freeAt }: Ration): object {
  const remaining = Math.max(0, capacity - used);
  return {
    id: `${action}-${slug.toLowerCase()}`,
    name: slug,
    slug,
    max_limit: capacity,
    consumed: used,
    remaining,
    has_reached_limit: remaining === 0,
    available_at: remaining === 0 ? freeAt : null,
  };
}

async function daily(
  scene: Scene,
  identity: Identity,
  { action, kind }: { action: string; kind: CountedKind },
): Promise<object> {
  const budget = await budgetOf(scene, identity, kind);
  const remaining = Math.max(0, budget.capacity - budget.used);
  return {
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
}
