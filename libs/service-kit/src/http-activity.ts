import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '@overture/kernel';

/** Counts each HTTP request as work in flight, so that virtual time stands still until it is answered. */
export function countRequests(app: NestFastifyApplication, clock: Clock): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, next) => {
    if (!isProbe(request) && !isStream(request)) {
      // Fastify's own hooks miss a connection that either side cut off; `close` comes in every case.
      void clock.during(() => new Promise<void>((resolve) => reply.raw.once('close', resolve)));
    }
    next();
  });
}

function isProbe({ url }: FastifyRequest): boolean {
  return url === '/healthz' || url === '/readyz';
}

// A live view stays open for hours; it must not stop time.
function isStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/event-stream') ?? false;
}
