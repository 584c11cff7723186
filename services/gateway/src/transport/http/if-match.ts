import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { requestOf } from './caller.js';
import { HttpProblem } from './problem.js';

/** The version that If-Match demands; 0 when the caller demands none. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext) =>
  demandedVersion(requestOf(context).headers['if-match']),
);

function demandedVersion(header: string | undefined): number {
  if (header === undefined || header.trim() === '*') return 0;
  const version = /^"([1-9]\d{0,8})"$/.exec(header.trim())?.[1];
  // An ETag we never gave cannot be the present one.
  if (version === undefined) {
    throw new HttpProblem(412, 'version/unknown', 'If-Match names no version of this resource.');
  }
  return Number(version);
}
