import { randomUUID } from 'node:crypto';
import { dayMs, InvalidInputError, plus, type FieldProblem, type Instant } from '@overture/kernel';
import { retryConflicts, type EventMeta } from '@overture/event-store';
import type { IdentityCommand } from '@overture/domain-sync';
import type { IdentityKey, IdentityRow, NewIdentity } from './ports.js';
import { decideIdentity } from './decide-identity.js';
import { canBeRead } from './can-be-read.js';
import { reportLogin } from './report-login.js';
import type { SyncDeps } from './sync-deps.js';

const providers = ['edges', 'companion'];
export const tiers = ['classic', 'premium', 'sales_navigator'];
// Edges: a hosted login link lives 48 hours.
const loginLinkLivesMs = 2 * dayMs;

/** Adds an account that acts; it is read at once (S4-46). Adding the same account again gives the same identity. */
export async function addIdentity(
  deps: SyncDeps,
  input: Omit<NewIdentity, 'identityId' | 'at'>,
  meta: EventMeta,
): Promise<IdentityRow> {
  refuseBadInput(input);
  const { database, identities, clock } = deps;
  return retryConflicts(() =>
    database.tenant(input.tenantId, async (tx) => {
      const known = await identities.byAccount(tx, input);
      if (known) return identities.find(tx, known);
      const identity: NewIdentity = { ...input, identityId: randomUUID(), at: clock.now() };
      const { tenantId: _, name: __, ...data } = identity;
      await identities.add(tx, identity);
      await decideIdentity(deps, tx, { ...identity, meta }, { type: 'AddIdentity', data });
      return identities.find(tx, identity);
    }),
  );
}

/** Pauses or resumes by a person's wish; repeated, it changes nothing. */
export function controlIdentity(
  deps: SyncDeps,
  of: IdentityKey & { meta: EventMeta },
  command: Extract<IdentityCommand, { type: 'PauseIdentity' | 'ResumeIdentity' }>,
): Promise<IdentityRow> {
  return retryConflicts(() =>
    deps.database.tenant(of.tenantId, async (tx) => {
      await deps.identities.find(tx, of);
      await decideIdentity(deps, tx, of, command);
      return deps.identities.find(tx, of);
    }),
  );
}

/** A hosted login link for the person the account belongs to; from here on the login is checked (S4-09, S4-53). */
export async function connectIdentity(
  deps: SyncDeps,
  of: IdentityKey,
): Promise<{ loginUrl: string; expiresAt: Instant }> {
  const identity = await deps.database.tenant(of.tenantId, (tx) => deps.identities.find(tx, of));
  if (!canBeRead(identity)) return connectInBrowser(deps, identity);
  const loginUrl = await deps.reader.loginLink(identity);
  await deps.database.tenant(of.tenantId, (tx) =>
    deps.identities.update(tx, of, { loginCheck: true, nextSweepAt: deps.clock.now() }),
  );
  return { loginUrl, expiresAt: plus(deps.clock.now(), loginLinkLivesMs) };
}

/** Its owner logs in at LinkedIn itself; that it was done is their word, and the next job proves it (S3-02). */
async function connectInBrowser(
  deps: SyncDeps,
  identity: IdentityRow,
): Promise<{ loginUrl: string; expiresAt: Instant }> {
  await reportLogin(deps, identity, { valid: true, witness: 'owner' });
  const loginUrl = 'https://www.linkedin.com/login';
  return { loginUrl, expiresAt: plus(deps.clock.now(), loginLinkLivesMs) };
}

function refuseBadInput(input: Omit<NewIdentity, 'identityId' | 'at'>): void {
  const problems: FieldProblem[] = [];
  const check = (passed: boolean, path: string, message: string): void => {
    if (!passed) problems.push({ path, message });
  };
  check(input.name.trim() !== '', '/name', 'Expected a name to show.');
  check(
    providers.includes(input.provider),
    '/provider',
    `Expected one of ${providers.join(', ')}.`,
  );
  check(input.accountRef !== '', '/accountRef', "Expected the provider's id of the account.");
  check(tiers.includes(input.tier), '/tier', `Expected one of ${tiers.join(', ')}.`);
  check(
    isTimeZone(input.timeZone),
    '/timeZone',
    'Expected an IANA time zone, such as Europe/Kyiv.',
  );
  if (problems.length > 0) throw new InvalidInputError(problems);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
