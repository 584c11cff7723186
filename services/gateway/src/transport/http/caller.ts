import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../app/authenticator.js';

/** Who asks, and which request this is. */
export interface Caller extends Principal {
  readonly requestId: string;
}

export type ApiRequest = FastifyRequest & {
  caller?: Caller;
  /** What the audit log keeps beside the target. */
  auditNote?: string;
};

export function requestOf(context: ExecutionContext): ApiRequest {
  return context.switchToHttp().getRequest<ApiRequest>();
}

export function callerOf(context: ExecutionContext): Caller {
  const { caller } = requestOf(context);
  if (caller === undefined) throw new Error('This route asks for a caller but checks no key.');
  return caller;
}

/** The proven caller of this request. */
export const From = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context),
);
