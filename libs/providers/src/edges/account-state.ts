import type { AccountState } from '../linkedin-provider.js';
import { isObject, text, type Json } from './json.js';

const byStatus: Readonly<Record<string, AccountState>> = {
  VALID: 'valid',
  INVALID: 'invalid',
  PENDING: 'pending',
  LIMIT_REACHED: 'limited',
};

/** What an integration object says; a state nobody documented counts as a login that does not work yet. */
export function readAccountState(integration: Json): AccountState {
  const error = integration['error'];
  const label = isObject(error)
    ? (text(error['error_label']) ?? text(error['label']))
    : text(error);
  const state = byStatus[text(integration['status'])?.toUpperCase() ?? ''] ?? 'pending';
  return state === 'invalid' && label === 'INTEGRATION_ERROR' ? 'restricted' : state;
}
