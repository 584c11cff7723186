import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Idempotency, type KeyedRequest } from '../../app/idempotency.js';
import { callerOf, requestOf, type ApiRequest } from './caller.js';
import { HttpProblem } from './problem.js';
import { problemOf } from './problem-of.js';

const header = 'idempotency-key';
const keyLengthMax = 255;

/** A write with an Idempotency-Key happens once; repeats get the first answer, marked as replayed (F112). */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: Idempotency) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = requestOf(context);
    const key = request.headers[header];
    if (key === undefined || request.method === 'GET') return next.handle();
    if (typeof key !== 'string' || key === '' || key.length > keyLengthMax) throw badKey();
    const keyed = { tenantId: callerOf(context).tenantId, key, content: contentOf(request) };
    return from(this.once(keyed, next, context.switchToHttp().getResponse<FastifyReply>()));
  }

  private async once(
    request: KeyedRequest,
    next: CallHandler,
    reply: FastifyReply,
  ): Promise<unknown> {
    const recorded = await this.idempotency.begin(request);
    if (recorded === 'new') return this.first(request, next, reply);
    void reply.status(recorded.status).header('idempotency-replayed', 'true');
    if (recorded.status >= 400) void reply.type('application/problem+json');
    return recorded.body;
  }

  private async first(
    request: KeyedRequest,
    next: CallHandler,
    reply: FastifyReply,
  ): Promise<unknown> {
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.idempotency.finish(request, { status: reply.statusCode, body });
      return body;
    } catch (error) {
      const body = problemOf(error);
      // A failure of ours may be gone at the next try; a refusal is the answer.
      if (body.status >= 500) await this.idempotency.forget(request);
      else await this.idempotency.finish(request, { status: body.status, body });
      throw error;
    }
  }
}

// A streamed body is not kept to be compared; its announced length and type stand for it.
function contentOf({ method, url, body, headers }: ApiRequest): string {
  const { 'content-length': length, 'content-type': type } = headers;
  const streamed = type !== undefined && !type.includes('json');
  return JSON.stringify([method, url, streamed ? [length, type] : body]);
}

function badKey(): HttpProblem {
  const detail = `Expected an Idempotency-Key of 1 to ${keyLengthMax} characters.`;
  return new HttpProblem(400, 'idempotency-key/unreadable', detail);
}
