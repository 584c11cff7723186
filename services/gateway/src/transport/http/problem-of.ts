import { HttpException } from '@nestjs/common';
import { DomainError, InvalidInputError, NotFoundError, TransientError } from '@overture/kernel';
import { HttpProblem, problem, type Problem } from './problem.js';

// Rules whose number says more than 409.
const statusOf: Readonly<Record<string, number>> = {
  'campaign/changed': 412,
  'idempotency-key/changed': 422,
  'import/not-csv': 422,
  'import/too-large': 413,
  'import/too-many-rows': 413,
  'key/scope-beyond-own': 403,
  'lead/changed': 412,
  'lead-rules/changed': 412,
  'template/changed': 412,
};

/** What a caller is told of an error. Of our own bugs nothing is told (style §9). */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) return domainProblem(error);
  if (error instanceof HttpProblem) {
    const { status, code, message } = error;
    return problem({ status, code, detail: message });
  }
  if (error instanceof TransientError) {
    const detail =
      'A part of the service does not answer at the moment. Try again in a few seconds.';
    return problem({ status: 503, code: 'service/unavailable', detail });
  }
  return frameworkProblem(error) ?? unexpected();
}

function domainProblem(error: DomainError): Problem {
  const { code, message: detail, values } = error;
  if (error instanceof InvalidInputError) {
    const expected = 'The input breaks a rule; see errors.';
    return problem({ status: 422, code, detail: expected, fields: error.problems });
  }
  if (error instanceof NotFoundError) return problem({ status: 404, code, detail });
  return problem({ status: statusOf[code] ?? 409, code, detail, values });
}

/** What Nest and Fastify refuse by themselves: unknown routes, bodies that are no JSON, too large or of no known type. */
function frameworkProblem(error: unknown): Problem | undefined {
  const status = statusFrom(error);
  if (status === undefined || status < 400 || status >= 500) return undefined;
  const [code, detail] = texts[status] ?? ['request/refused', 'The request was refused.'];
  return problem({ status, code, detail });
}

const texts: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['request/unreadable', 'The body is not valid JSON.'],
  404: ['route/not-found', 'There is no such address.'],
  413: ['request/too-large', 'The body is larger than this address takes.'],
  415: ['request/media-type', 'The content type is not one that this address takes.'],
};

function statusFrom(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const given = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof given === 'number' ? given : undefined;
}

function unexpected(): Problem {
  const detail = 'We have been told. If it lasts, name the x-request-id of this answer to support.';
  return problem({ status: 500, code: 'service/failed', detail });
}
