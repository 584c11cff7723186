import { hourMs, minuteMs, plus, TransientError, type Instant } from '@overture/kernel';
import { ProviderRejection, type RejectionLabel } from '@overture/providers';
import { canBeRead } from './can-be-read.js';
import type { IdentityKey, IdentityRow } from './ports.js';
import type { ReadKind } from './read-budgets.js';
import { endTurn, takeTurn, type Turn } from './read-turns.js';
import { reportLogin } from './report-login.js';
import type { SyncDeps } from './sync-deps.js';

/** What came of asking to look something up. */
export type LookUp<T> =
  | { readonly outcome: 'read'; readonly found: T; readonly nextAt: Instant }
  | {
      readonly outcome: 'wait';
      readonly cause: WaitCause;
      readonly nextAt: Instant;
      /** It was asked, and nobody knows the answer: it counts against the budget. */
      readonly counted?: true;
    }
  | { readonly outcome: 'refused'; readonly cause: string };

export type WaitCause = 'pace' | 'budget' | 'limit' | 'login' | 'identity_paused' | 'provider';

// Whoever waits for a person is told when it is over; this is for a word that was lost.
const askAgainAfterMs = 6 * hourMs;
const tryAgainAfterMs = 5 * minuteMs;

/** Looks something up on LinkedIn through an identity, when it is its turn; throws for nothing the provider does. */
export async function lookUp<T>(
  deps: SyncDeps,
  { of, kind }: { of: IdentityKey; kind: ReadKind },
  read: (identity: IdentityRow) => Promise<T>,
): Promise<LookUp<T>> {
  const identity = await deps.database.tenant(of.tenantId, (tx) => deps.identities.find(tx, of));
  if (!canBeRead(identity)) return { outcome: 'refused', cause: 'companion' };
  const resting = whyResting(identity);
  if (resting !== undefined) return waits(resting, plus(deps.clock.now(), askAgainAfterMs));
  const turn = await takeTurn(deps, of, kind);
  if ('cause' in turn) return waits(turn.cause, turn.until);
  return inTurn(deps, { identity, turn }, read);
}

function whyResting({ login, pausedBecause }: IdentityRow): WaitCause | undefined {
  if (login === 'expired') return 'login';
  return pausedBecause === null ? undefined : 'identity_paused';
}

async function inTurn<T>(
  deps: SyncDeps,
  { identity, turn }: { identity: IdentityRow; turn: Turn },
  read: (identity: IdentityRow) => Promise<T>,
): Promise<LookUp<T>> {
  try {
    const found = await read(identity);
    return { outcome: 'read', found, nextAt: await endTurn(deps, identity, over(turn, false)) };
  } catch (error) {
    const refused = error instanceof ProviderRejection;
    if (!refused && !(error instanceof TransientError)) throw error;
    const nextAt = await endTurn(deps, identity, over(turn, refused));
    return refused ? afterRefusal(deps, { identity, nextAt }, error) : later(deps);
  }
}

const over = ({ readId }: Turn, refused: boolean) => ({ readId, refused });

const lasting: Partial<Readonly<Record<RejectionLabel, string>>> = {
  INVALID_INPUT: 'input',
  PLAN_REQUIRED: 'plan',
  ACCOUNT_RESTRICTED: 'restricted',
  PROVIDER_CONFIG: 'configuration',
  PROFILE_NOT_ACCESSIBLE: 'not_accessible',
};

async function afterRefusal<T>(
  deps: SyncDeps,
  { identity, nextAt }: { identity: IdentityRow; nextAt: Instant },
  { label, postponedUntil, retryAfterMs }: ProviderRejection,
): Promise<LookUp<T>> {
  const cause = lasting[label];
  if (cause !== undefined) return { outcome: 'refused', cause };
  if (label === 'AUTH_EXPIRED') {
    await reportLogin(deps, identity, { valid: false, witness: 'look_up' });
    return waits('login', plus(deps.clock.now(), askAgainAfterMs));
  }
  const told = postponedUntil ?? plus(deps.clock.now(), retryAfterMs ?? tryAgainAfterMs);
  return waits('limit', told > nextAt ? told : nextAt);
}

function later<T>({ clock }: SyncDeps): LookUp<T> {
  const nextAt = plus(clock.now(), tryAgainAfterMs);
  return { outcome: 'wait', cause: 'provider', nextAt, counted: true };
}

function waits<T>(cause: WaitCause, nextAt: Instant): LookUp<T> {
  return { outcome: 'wait', cause, nextAt };
}
