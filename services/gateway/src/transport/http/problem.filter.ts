import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOGGER } from '@overture/service-kit';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { ApiRequest } from './caller.js';
import { problemOf } from './problem-of.js';
import { safeError } from './safe-error.js';

/** Every error leaves as RFC 9457; what is our own fault is logged with its stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ApiRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const answer = problemOf(error);
    if (answer.status >= 500) {
      const { stack, ...told } = safeError(error);
      const line = { requestId: request.id, route: request.routeOptions.url, ...told };
      if (answer.status === 500) this.logger.error({ ...line, stack }, answer.code);
      else this.logger.warn(line, answer.code);
    }
    if (reply.sent || reply.raw.headersSent) return;
    if (answer.status === 503) void reply.header('retry-after', '2');
    void reply.status(answer.status).type('application/problem+json').send(answer);
  }
}
