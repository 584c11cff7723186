import { hourMs, plus, type Instant } from '@overture/kernel';
import {
  insertIdentity,
  listIdentities,
  readIdentity,
  type Identity,
} from '../store/identities.sql.js';
import type { Sql } from '../store/sql.js';
import { readWorld } from '../store/world.sql.js';
import { idOf, uuidOf } from '../world/names.js';
import { hasOther } from './actions.js';
import { additionalProperty, refusal, success, type Answer, type Json } from './answer.js';
import { integrationUid } from './notices.js';
import { isWarned } from './rations.js';

export const defaultWorkspace = 'default';
const pageSize = 20;
const linkLifeMs = 48 * hourMs;

export async function createIdentity(sql: Sql, body: Json, now: Instant): Promise<Answer> {
  if (hasOther(body, ['name', 'timezone', 'type'])) return additionalProperty();
  const { name, timezone, type } = body;
  const known = type === 'standard' || type === 'engagement';
  if (typeof name !== 'string' || name === '' || !isZone(timezone) || !known) {
    return refusal(400, 'BAD_PARAMETERS');
  }
  const { seed } = await readWorld(sql);
  const uid = uuidOf(seed, 'identity', name, now);
  const state = {
    status: 'PENDING',
    restricted: false,
    first_sync_at: null,
    generation: 0,
  } as const;
  const given = { uid, workspace: defaultWorkspace, name, time_zone: timezone, type } as const;
  const identity: Identity = { ...given, ...state, tier: 'classic', created_at: now };
  await insertIdentity(sql, identity);
  const links = { identity_login_links: { linkedin: loginUrl(seed, uid, now) } };
  return success({ ...showIdentity(identity), integrations: [], ...links });
}

export async function identities(
  sql: Sql,
  { query, page, withAccounts }: { query: string; page: number; withAccounts: boolean },
): Promise<Answer> {
  const slice = { query, limit: pageSize, offset: (page - 1) * pageSize };
  const found = await listIdentities(sql, slice);
  return success(
    found.map((identity) => ({
      ...showIdentity(identity),
      ...(withAccounts ? { accounts: [{ type: 'linkedin', status: identity.status }] } : {}),
    })),
  );
}

export async function identity(sql: Sql, uid: string): Promise<Answer> {
  const found = await readIdentity(sql, uid);
  return found === undefined ? refusal(404, 'STATUS_404') : success(showIdentity(found));
}

export async function loginLink(sql: Sql, uid: string, now: Instant): Promise<Answer> {
  if ((await readIdentity(sql, uid)) === undefined) return refusal(404, 'STATUS_404');
  const { seed } = await readWorld(sql);
  return success({ linkedin: loginUrl(seed, uid, now) });
}

export async function integration(sql: Sql, uid: string, now: Instant): Promise<Answer> {
  const found = await readIdentity(sql, uid);
  if (found === undefined) return refusal(404, 'STATUS_404');
  const { seed } = await readWorld(sql);
  const warned = isWarned(found, now);
  const label = found.restricted ? 'INTEGRATION_ERROR' : 'AUTH_EXPIRED';
  return success({
    uid: integrationUid(seed, uid),
    name: 'linkedin',
    status: found.status === 'VALID' && warned ? 'LIMIT_REACHED' : found.status,
    auth_type: 'COOKIES',
    setup_source: 'MANUAL',
    is_shared: false,
    level: found.tier === 'navigator' ? 'SALES_NAVIGATOR' : 'CLASSIC',
    identity_uid: uid,
    user_uid: found.workspace,
    meta: {},
    error: found.status === 'INVALID' ? { error_label: label } : null,
  });
}

function showIdentity(identity: Identity): Json {
  return {
    uid: identity.uid,
    name: identity.name,
    type: identity.type,
    timezone: identity.time_zone,
    workspace_uid: identity.workspace,
    created_at: identity.created_at,
    is_active: identity.status === 'VALID',
  };
}

function loginUrl(seed: string, uid: string, now: Instant): string {
  const token = idOf(seed, 32, 'login', uid, now);
  return `https://login.edges.invalid/linkedin/${token}?until=${plus(now, linkLifeMs)}`;
}

/** Only canonical names: `Etc/UTC` style aliases are refused by the vendor. */
function isZone(value: unknown): value is string {
  return typeof value === 'string' && Intl.supportedValuesOf('timeZone').includes(value);
}
