import type { Instant } from '@overture/kernel';

/** What Edges answers to one call. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** There is a further page; the transport makes it a full address. */
  readonly nextCursor?: string;
  readonly retryAfterSeconds?: number;
}

export type Json = Readonly<Record<string, unknown>>;

export function success(body: unknown): Answer {
  return { status: 200, body };
}

export function refusal(status: number, label: string, params: object = {}): Answer {
  return { status, body: errorBody(status, label, params) };
}

/** The error envelope of Edges, also kept with a run and sent with a callback. */
export function errorBody(status: number, label: string, params: object = {}): Json {
  return {
    error_label: label,
    error_scope: status === 424 ? 'integration' : 'request',
    error_ref: `sim-${label.toLowerCase()}`,
    message: label.toLowerCase().replaceAll('_', ' '),
    status_code: status,
    params,
  };
}

export function additionalProperty(): Answer {
  const body = errorBody(400, 'BAD_INPUT');
  return { status: 400, body: { ...body, message: 'body must NOT have additional properties' } };
}

/** `appendix` names the window that is used up. */
export function limitReached(postponedUntil: Instant, appendix = 'DAY'): Answer {
  return refusal(424, 'LIMIT_REACHED', { postponed_until: postponedUntil, appendix });
}

export function isSuccess(answer: Answer): boolean {
  return answer.status < 300;
}
