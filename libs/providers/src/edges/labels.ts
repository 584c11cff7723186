import type { RejectionLabel } from '../outcome.js';

/** What an answer without success means: a documented refusal, or that nobody knows. */
export type Meaning = RejectionLabel | 'unclear';

// Everything not listed is unclear: a write may have happened, a read may work later.
const byLabel: Readonly<Record<string, Meaning>> = {
  LIMIT_REACHED: 'LIMIT_REACHED',
  STATUS_429: 'STATUS_429',
  NOT_CONNECTED: 'NOT_CONNECTED',
  ALREADY_CONNECTED: 'ALREADY_CONNECTED',
  SN_CONFLICT: 'ALREADY_CONNECTED',
  INVITATION_PENDING: 'INVITATION_PENDING',
  PROFILE_NOT_ACCESSIBLE: 'PROFILE_NOT_ACCESSIBLE',
  STATUS_404: 'PROFILE_NOT_ACCESSIBLE',
  STATUS_403: 'PROFILE_NOT_ACCESSIBLE',
  NO_RESULT: 'PROFILE_NOT_ACCESSIBLE',
  SN_OUT_OF_NETWORK: 'PROFILE_NOT_ACCESSIBLE',
  AUTH_EXPIRED: 'AUTH_EXPIRED',
  BAD_INPUT: 'INVALID_INPUT',
  BAD_PARAMETERS: 'INVALID_INPUT',
  INVALID_INPUT: 'INVALID_INPUT',
  MISSING_PARAMETER: 'INVALID_INPUT',
  MANDATORY_DATA_MISSING: 'INVALID_INPUT',
  UNDEFINED_FIELD: 'INVALID_INPUT',
  LK_INMAIL_NOT_ENOUGH_CREDIT: 'INMAIL_UNAVAILABLE',
  LK_INMAIL_CANNOT_RESEND: 'INMAIL_UNAVAILABLE',
  SN_ACCOUNT_UPGRADE: 'PLAN_REQUIRED',
  NO_ACCESS: 'PLAN_REQUIRED',
  INTEGRATION_ERROR: 'ACCOUNT_RESTRICTED',
  NO_VALID_ACCOUNT_CONFIGURED: 'PROVIDER_CONFIG',
};

const byStatus: Readonly<Record<number, Meaning>> = {
  400: 'INVALID_INPUT',
  401: 'PROVIDER_CONFIG',
  402: 'PLAN_REQUIRED',
  429: 'STATUS_429',
};

/**
 * The label decides; the status speaks where the label is missing or new. A time-out or a server error proves
 * nothing whatever its label says: the effect may have come before it.
 */
export function meaningOf(status: number, label: string | undefined): Meaning {
  if (status < 400 || status === 408 || status >= 500) return 'unclear';
  const labelled =
    label !== undefined && Object.hasOwn(byLabel, label) ? byLabel[label] : undefined;
  return labelled ?? byStatus[status] ?? 'unclear';
}
