import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { requestOf } from './caller.js';

export const guardsChangesOnlyKey = 'guards-changes-only';

/** What has a version carries it as its ETag, and a reader who has that version already gets 304. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method, headers } = requestOf(context);
    const moves = Reflect.getMetadata(guardsChangesOnlyKey, context.getHandler()) === true;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: unknown) => {
        const etag = etagOf(body);
        if (etag === undefined) return body;
        void reply.header('etag', etag);
        if (method !== 'GET' || headers['if-none-match'] !== etag || moves) return body;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

function etagOf(body: unknown): string | undefined {
  const version = (body as { version?: unknown } | undefined)?.version;
  return typeof version === 'number' ? `"${version}"` : undefined;
}
