import type { FieldProblem } from '@overture/kernel';

/** RFC 9457. `code` is the contract; `type` is the same as a URI. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly [extension: string]: unknown;
}

/** A refusal that only HTTP knows: not authenticated, too fast, too large. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'HttpProblem';
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  406: 'Not acceptable',
  409: 'A rule says no',
  412: 'It has changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'The input is invalid',
  429: 'Too many requests',
  500: 'Something broke on our side',
  503: 'Try again later',
};

interface ProblemParts {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  readonly values?: Readonly<Record<string, unknown>>;
}

export function problem({ status, code, detail, fields, values = {} }: ProblemParts): Problem {
  const errors = fields?.map(({ path, message }) => ({ pointer: path, detail: message }));
  return {
    type: `urn:overture:problem:${code.replaceAll('/', ':')}`,
    title: titles[status] ?? 'The request failed',
    status,
    detail,
    code,
    ...(errors && { errors }),
    ...(Object.keys(values).length > 0 && { values }),
  };
}
