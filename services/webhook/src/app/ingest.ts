import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { NotFoundError } from '@overture/kernel';
import type { EventMeta, Transaction } from '@overture/event-store';
import { sha256 } from '@overture/service-kit';
import type { WebhookDeps } from './webhook-deps.js';

/** The header a provider is told to send its secret in. */
export const secretHeader = 'x-overture-hook-secret';

const bodyBytesMax = 1024 * 1024;

export interface IncomingHook {
  readonly provider: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A provider's notice as its reader understood it. */
export interface Notice {
  readonly naturalKey: string;
  /** auth_expired, auth_failed, auth_success or other. */
  readonly kind: string;
  readonly accountRef: string;
}

/** What this service keeps of hooks and notices. */
export abstract class HookRows {
  abstract add(tx: Transaction, hook: HookRow): Promise<void>;
  abstract byToken(tx: Transaction, tokenSha256: string): Promise<HookRow | undefined>;
  /** False when the same notice is stored already. */
  abstract store(tx: Transaction, notice: StoredNotice): Promise<boolean>;
}

export interface HookRow {
  readonly tenantId: string;
  readonly provider: string;
  readonly tokenSha256: string;
  readonly secretSha256: string;
  readonly createdAt: string;
}

export interface StoredNotice extends Notice {
  readonly tenantId: string;
  readonly ingestId: string;
  readonly provider: string;
  readonly body: Uint8Array;
  readonly receivedAt: string;
}

/** Reads a provider's body; unknown things are stored and counted, never refused (P8). */
export type NoticeReader = (provider: string, body: Uint8Array) => Notice;

export interface IngestDeps extends Pick<WebhookDeps, 'database' | 'clock'> {
  readonly hooks: HookRows;
  readonly readNotice: NoticeReader;
}

/** A new address for a provider's callbacks; token and secret are shown once. */
export async function createHook(
  { database, clock, hooks }: IngestDeps,
  tenantId: string,
  provider: string,
): Promise<{ provider: string; token: string; secretHeader: string; secret: string }> {
  const [token, secret] = [
    randomBytes(24).toString('base64url'),
    randomBytes(32).toString('base64url'),
  ];
  const row = {
    tenantId,
    provider,
    tokenSha256: sha256(token),
    secretSha256: sha256(secret),
    createdAt: clock.now(),
  };
  await database.tenant(tenantId, (tx) => hooks.add(tx, row));
  return { provider, token, secretHeader, secret };
}

/** Verifies, stores and states a provider's notice, in one transaction; only then it is acknowledged. */
export async function ingest(
  { database, clock, hooks, readNotice }: IngestDeps,
  incoming: IncomingHook,
  meta: EventMeta,
): Promise<{ result: 'stored' | 'duplicate' | 'refused' }> {
  const hook = await database.worker((tx) => hooks.byToken(tx, sha256(incoming.token)));
  if (!hook || hook.provider !== incoming.provider)
    throw new NotFoundError('hook', incoming.provider);
  if (!isAuthentic(hook, incoming)) return { result: 'refused' };
  if (incoming.body.byteLength > bodyBytesMax) return { result: 'refused' };
  const notice = readNotice(incoming.provider, incoming.body);
  const [ingestId, at] = [randomUUID(), clock.now()];
  return database.tenant(hook.tenantId, async (tx) => {
    const { tenantId, provider } = hook;
    const { body } = incoming;
    const row = { ...notice, tenantId, ingestId, provider, body, receivedAt: at };
    if (!(await hooks.store(tx, row))) return { result: 'duplicate' };
    const { accountRef, kind } = notice;
    const data = { provider, accountRef, kind, ingestId, at };
    await tx.append(
      tenantId,
      `notice-${ingestId}`,
      [{ type: 'ProviderNoticeReceived', data, meta }],
      0,
    );
    return { result: 'stored' };
  });
}

function isAuthentic({ secretSha256 }: HookRow, { headers }: IncomingHook): boolean {
  const given = sha256(headers[secretHeader] ?? '');
  return timingSafeEqual(Buffer.from(given), Buffer.from(secretSha256));
}
