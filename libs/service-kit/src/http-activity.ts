import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '@overture/kernel';

/** Counts each HTTP request as work in flight, so that virtual time stands still until it is answered. */
export function countRequests(app: NestFastifyApplication, clock: Clock): void {
  const finish = new WeakMap<FastifyRequest, () => void>();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, next) => {
    if (!isProbe(request) && !isStream(request)) {
      void clock.during(() => new Promise<void>((resolve) => finish.set(request, resolve)));
    }
    next();
  });
  const finished = (request: FastifyRequest): void => finish.get(request)?.();
  fastify.addHook('onResponse', (request, _reply, next) => (finished(request), next()));
  fastify.addHook('onRequestAbort', (request, next) => (finished(request), next()));
}

function isProbe({ url }: FastifyRequest): boolean {
  return url === '/healthz' || url === '/readyz';
}

// A live view stays open for hours; it must not stop time.
function isStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/event-stream') ?? false;
}
