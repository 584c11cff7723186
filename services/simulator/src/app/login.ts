import { record } from '../store/ledger.sql.js';
import { setLogin, type Identity } from '../store/identities.sql.js';
import type { Scene } from './call.js';
import { notify } from './notices.js';

/** LinkedIn ends the session: every call is refused until somebody logs in again. */
export async function expire(scene: Scene, identity: Identity): Promise<void> {
  if (identity.status !== 'VALID') return;
  const login = { status: 'INVALID', restricted: identity.restricted } as const;
  const generation = await setLogin(scene.sql, identity.uid, login);
  await note(scene, identity, 'expire');
  await notify(scene, identity, { event: 'AUTH_EXPIRED', generation });
}

/** LinkedIn restricts the account; a new login does not help. */
export async function restrict(scene: Scene, identity: Identity): Promise<void> {
  if (identity.restricted) return;
  await setLogin(scene.sql, identity.uid, { status: 'INVALID', restricted: true });
  await note(scene, identity, 'restrict');
}

/** The person behind the identity logs in, with the right password or with a wrong one. */
export async function login(
  scene: Scene,
  identity: Identity,
  outcome: 'succeeds' | 'fails',
): Promise<void> {
  const status = outcome === 'succeeds' ? 'VALID' : 'INVALID';
  const generation = await setLogin(scene.sql, identity.uid, { status, restricted: false });
  if (outcome === 'succeeds') await note(scene, identity, 'restore');
  const event = outcome === 'succeeds' ? 'AUTH_SUCCESS' : 'AUTH_FAILED';
  await notify(scene, identity, { event, generation });
}

async function note(
  { sql, now }: Scene,
  identity: Identity,
  kind: 'expire' | 'restore' | 'restrict',
): Promise<void> {
  await record(sql, { at: now, kind, identityUid: identity.uid, personKey: null });
}
