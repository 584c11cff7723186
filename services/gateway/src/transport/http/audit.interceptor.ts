import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Clock } from '@overture/kernel';
import { LOGGER } from '@overture/service-kit';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { AuditLog } from '../../app/audit-log.js';
import { callerOf, requestOf } from './caller.js';
import { problemOf } from './problem-of.js';
import { safeError } from './safe-error.js';

/** Writes who did what into the audit log before the answer leaves; reading is not written down. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly log: AuditLog,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (requestOf(context).method === 'GET') return next.handle();
    return from(this.recorded(context, next, requestOf(context).ip));
  }

  // The address is taken first: a connection that ends meanwhile has none any more.
  private async recorded(
    context: ExecutionContext,
    next: CallHandler,
    address: string,
  ): Promise<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.record(context, { status: reply.statusCode, address });
      return body;
    } catch (error) {
      await this.record(context, { status: problemOf(error).status, address });
      throw error;
    }
  }

  // The effect has happened: an audit log that cannot be written must not make it look undone.
  private async record(
    context: ExecutionContext,
    outcome: { readonly status: number; readonly address: string },
  ): Promise<void> {
    const request = requestOf(context);
    const { tenantId, keyId } = callerOf(context);
    const params = Object.values((request.params ?? {}) as Record<string, string>);
    const entry = {
      tenantId,
      at: this.clock.now(),
      actor: `key:${keyId}`,
      action: `${request.method} ${request.routeOptions.url ?? ''}`,
      target: [...params, request.auditNote ?? ''].join(' ').trim().slice(0, 200),
      ...outcome,
      requestId: request.id,
    };
    await this.log.record(entry).catch((error: unknown) => {
      this.logger.error({ ...safeError(error), entry }, 'audit entry not stored');
    });
  }
}
