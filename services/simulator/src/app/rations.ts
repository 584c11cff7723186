import { plus, type Instant } from '@overture/kernel';
import type { Identity } from '../store/identities.sql.js';
import { record, windowUse } from '../store/ledger.sql.js';
import { inmailUse, limitUntil } from '../store/rations.sql.js';
import type { Relation } from '../store/relations.sql.js';
import {
  inmailsPerMonth,
  monthMs,
  notesPerMonth,
  overrunsMax,
  reinviteLockMs,
  weekMs,
} from '../world/limits.js';
import { limitReached, type Answer } from './answer.js';
import type { Call, Scene } from './call.js';
import { restrict } from './login.js';

export interface Ration {
  readonly capacity: number;
  readonly used: number;
  /** When the next is free, once none is left. */
  readonly freeAt: Instant | null;
}

/** LinkedIn has warned the account, and it had better rest. */
export function isWarned({ limited_until: until }: Identity, now: Instant): boolean {
  return typeof until === 'string' && until > now;
}

/** InMail credits: those answered come back. */
export async function inmailRation(scene: Scene, identity: Identity): Promise<Ration> {
  const capacity = inmailsPerMonth[identity.tier];
  const { used, firstAt } = await inmailUse(scene.sql, identity.uid, plus(scene.now, -monthMs));
  return { capacity, used, freeAt: firstAt && plus(firstAt, monthMs) };
}

/** Personalised notes of a free account; undefined where LinkedIn does not count them. */
export async function noteRation(scene: Scene, identity: Identity): Promise<Ration | undefined> {
  if (!scene.world.knobs.noteQuota || identity.tier !== 'classic') return undefined;
  const { used, blockingAt } = await windowUse(scene.sql, {
    identityUid: identity.uid,
    kind: 'invite',
    now: scene.now,
    capacity: notesPerMonth,
    lengthMs: monthMs,
    written: true,
  });
  return { capacity: notesPerMonth, used, freeAt: blockingAt && plus(blockingAt, monthMs) };
}

/** Why LinkedIn does not take this invitation now, beside the window of the day. */
export async function rationRefusal(
  call: Call,
  relation: Relation,
  note: string,
): Promise<Answer | undefined> {
  const { withdrawn_at: withdrawnAt } = relation;
  const lockedUntil = withdrawnAt && plus(withdrawnAt, reinviteLockMs);
  if (lockedUntil && lockedUntil > call.now) return limitReached(lockedUntil, 'PERSON');
  const tooMany = await weeklyRefusal(call);
  return tooMany ?? (note === '' ? undefined : noteRefusal(call));
}

async function noteRefusal(call: Call): Promise<Answer | undefined> {
  const notes = await noteRation(call, call.identity);
  const freeAt = notes && notes.used >= notes.capacity ? notes.freeAt : null;
  return freeAt === null ? undefined : limitReached(freeAt, 'MONTH');
}

/** Too many in a week brings a warning; going on regardless, a restriction (S3-09). */
async function weeklyRefusal(call: Call): Promise<Answer | undefined> {
  const { sql, identity, now, world } = call;
  const capacity = world.knobs.invitesPerWeek;
  if (capacity === 0) return undefined;
  const about = { identityUid: identity.uid, now, lengthMs: weekMs };
  const { used, blockingAt } = await windowUse(sql, { ...about, kind: 'invite', capacity });
  if (used < capacity || blockingAt === null) return undefined;
  const freeAt = plus(blockingAt, weekMs);
  const warned = isWarned(identity, now);
  if (!warned) await limitUntil(sql, identity.uid, freeAt);
  const kind = warned ? 'overrun' : 'warn';
  await record(sql, { at: now, kind, identityUid: identity.uid, personKey: null });
  const overruns = await windowUse(sql, { ...about, kind: 'overrun', capacity: overrunsMax });
  if (overruns.used >= overrunsMax) await restrict(call, identity);
  return limitReached(freeAt, 'WEEK');
}
