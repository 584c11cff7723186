import { hourMs, minuteMs, msBetween, plus, TransientError, type Instant } from '@overture/kernel';
import { ProviderRejection } from '@overture/providers';
import type { SweptIdentity } from './ports.js';
import { reportLogin } from './report-login.js';
import { sweepConnections } from './sweep-connections.js';
import { sweepConversations } from './sweep-conversations.js';
import { sweepInvitations } from './sweep-invitations.js';
import type { SyncDeps } from './sync-deps.js';

// S4-50 asks for every 1 to 4 hours; acceptances are less urgent than replies (S4-47 asks for daily).
const conversationsEveryMs = hourMs;
const connectionsEveryMs = 4 * hourMs;
const retryAfterMs = 5 * minuteMs;
const expiredCheckEveryMs = 6 * hourMs;

/** One look at an account: its login if in doubt, then what is due to be read. Says when to look again. */
export async function sweepIdentity(deps: SyncDeps, identity: SweptIdentity): Promise<Instant> {
  const now = deps.clock.now();
  try {
    const login = await checkLogin(deps, identity);
    if (login === 'expired') return plus(now, expiredCheckEveryMs);
    await sweepConversations(deps, identity, 'sweep');
    if (isOlder(identity.connectionsReadAt, now, connectionsEveryMs)) {
      await sweepConnections(deps, identity);
      await sweepInvitations(deps, identity);
    }
    return plus(now, conversationsEveryMs);
  } catch (error) {
    return plus(now, await afterFailure(deps, identity, error));
  }
}

/** True when the reading is missing or has reached that age. */
export function isOlder(readAt: Instant | null, now: Instant, ageMs: number): boolean {
  return readAt === null || msBetween(readAt, now) >= ageMs;
}

async function checkLogin(deps: SyncDeps, identity: SweptIdentity): Promise<'valid' | 'expired'> {
  if (!identity.loginCheck && identity.login === 'valid') return learnOwnNames(deps, identity);
  const valid = await deps.reader.loginIsValid(identity);
  if (valid !== (identity.login === 'valid')) {
    await reportLogin(deps, identity, { valid, witness: 'provider' });
  }
  await deps.database.tenant(identity.tenantId, (tx) =>
    deps.identities.update(tx, identity, { loginCheck: false }),
  );
  return valid ? learnOwnNames(deps, identity) : 'expired';
}

// Only who knows its own names can tell a reply from its own last message (S4-14, F090).
async function learnOwnNames(deps: SyncDeps, identity: SweptIdentity): Promise<'valid'> {
  if (identity.ownNames.length > 0) return 'valid';
  const ownNames = await deps.reader.ownNames(identity);
  await deps.database.tenant(identity.tenantId, (tx) =>
    deps.identities.update(tx, identity, { ownNames }),
  );
  return 'valid';
}

async function afterFailure(
  deps: SyncDeps,
  identity: SweptIdentity,
  error: unknown,
): Promise<number> {
  if (error instanceof ProviderRejection) {
    if (error.label !== 'AUTH_EXPIRED') return error.retryAfterMs ?? retryAfterMs;
    await reportLogin(deps, identity, { valid: false, witness: 'sweep' });
    return expiredCheckEveryMs;
  }
  if (error instanceof TransientError) return retryAfterMs;
  throw error;
}
