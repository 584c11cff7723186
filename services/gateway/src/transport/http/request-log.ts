import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { ApiRequest } from './caller.js';

// It goes into events as their correlation id, so it has to be short and plain.
const shape = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** Gives each answer its request id and writes one line per request: the route, never the address with its ids. */
export function useRequestLog(app: NestFastifyApplication, logger: Logger): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, next) => {
    const given = request.headers['x-request-id'];
    request.id = typeof given === 'string' && shape.test(given) ? given : randomUUID();
    void reply.header('x-request-id', request.id);
    next();
  });
  fastify.addHook('onResponse', (request: ApiRequest, reply, next) => {
    const { method, id: requestId, caller } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const status = reply.statusCode;
    const line = { requestId, method, route: request.routeOptions.url, status, ms };
    logger.debug({ ...line, workspace: caller?.tenantId, key: caller?.keyId }, 'answered');
    next();
  });
}
