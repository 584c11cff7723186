import { randomUUID } from 'node:crypto';
import { DomainError, NotFoundError, type Clock, type Instant } from '@overture/kernel';
import { newApiKey, parseApiKey, type ApiKey } from './api-key-format.js';
import type { Access, StoredKey, Workspace } from './ports.js';
import { allows, type Scope } from './scopes.js';

/** What the use cases of this file work with; also the injection token. */
export abstract class AccessDeps {
  abstract readonly access: Access;
  abstract readonly clock: Clock;
  /** The second part of every key, e.g. `live`. */
  abstract readonly environment: string;
}

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Instant | undefined;
}

/** A key with the text that is shown this once. */
export interface IssuedKey {
  readonly key: StoredKey;
  readonly text: string;
}

/** A workspace with a first key that may do everything in it. */
export async function createWorkspace(
  { access, clock, environment }: AccessDeps,
  name: string,
): Promise<{ workspace: Workspace; issued: IssuedKey }> {
  const workspace = { tenantId: randomUUID(), name, createdAt: clock.now() };
  const { text, ...made } = newApiKey(environment);
  const first = { name: 'first key', scopes: ['*'] as const, expiresAt: undefined };
  const key = storedKey(workspace.tenantId, { ...made, ...first, at: clock.now() });
  await access.put(workspace, key);
  return { workspace, issued: { key, text } };
}

/** A key may pass on what it has itself, and no more. */
export async function issueKey(
  { access, clock, environment }: AccessDeps,
  by: { readonly tenantId: string; readonly scopes: readonly string[] },
  wanted: NewKey,
): Promise<IssuedKey> {
  const beyond = wanted.scopes.filter((scope) => !mayPassOn(by.scopes, scope));
  if (beyond.length > 0) {
    const message = `Your key cannot give ${beyond.join(', ')}: it does not have it itself.`;
    throw new DomainError('key/scope-beyond-own', message, { scopes: beyond });
  }
  const { text, ...made } = newApiKey(environment);
  const key = storedKey(by.tenantId, { ...made, ...wanted, at: clock.now() });
  await access.addKey(key);
  return { key, text };
}

export async function revokeKey(
  { access, clock }: AccessDeps,
  tenantId: string,
  keyId: string,
): Promise<void> {
  const known = await access.revoke(tenantId, keyId, clock.now());
  if (!known) throw new NotFoundError('key', keyId);
}

/** The workspace and key an operator hands over in the environment, so that there is a first one. */
export async function bootstrap(
  { access, clock }: AccessDeps,
  given: { readonly apiKey: string; readonly workspaceId: string; readonly workspaceName: string },
): Promise<void> {
  const parsed = parseApiKey(given.apiKey);
  if (parsed === undefined) {
    const message =
      'BOOTSTRAP_API_KEY is no key of ours (ovt_<env>_<id>_<secret><checksum>); ' +
      'make one with `npm run api-key -w @overture/gateway`.';
    throw new DomainError('configuration/invalid', message);
  }
  const { workspaceId: tenantId, workspaceName: name } = given;
  const scopes = ['*', 'installation'] as const;
  const at = clock.now();
  const key = storedKey(tenantId, {
    ...parsed,
    name: 'bootstrap',
    scopes,
    expiresAt: undefined,
    at,
  });
  await access.put({ tenantId, name, createdAt: at }, key);
}

function mayPassOn(own: readonly string[], scope: Scope): boolean {
  return scope === '*' ? own.includes('*') : allows(own, scope);
}

function storedKey(
  tenantId: string,
  { at, name, scopes, expiresAt, keyId, secretSha256 }: ApiKey & NewKey & { readonly at: Instant },
): StoredKey {
  return {
    tenantId,
    keyId,
    secretSha256,
    name,
    scopes,
    expiresAt,
    createdAt: at,
    revokedAt: undefined,
    lastUsedAt: undefined,
  };
}
