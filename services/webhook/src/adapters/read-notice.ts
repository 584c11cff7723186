import { readEdgesWebhook } from '@overture/providers';
import { sha256 } from '@overture/service-kit';
import type { Notice } from '../app/ingest.js';

const kinds = {
  AUTH_EXPIRED: 'auth_expired',
  AUTH_FAILED: 'auth_failed',
  AUTH_SUCCESS: 'auth_success',
};

/** A provider's body as a notice. What we do not know is kept under the hash of its bytes. */
export function readNotice(provider: string, body: Uint8Array): Notice {
  const known = provider === 'edges' ? readEdgesWebhook(parsed(body)) : undefined;
  if (known?.kind === 'account') {
    const { naturalKey, accountRef, event } = known;
    return { naturalKey, accountRef, kind: kinds[event] };
  }
  if (known?.kind === 'run') return { naturalKey: known.naturalKey, accountRef: '', kind: 'other' };
  return { naturalKey: sha256(body), accountRef: '', kind: 'other' };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
