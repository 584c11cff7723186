import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { internalError, type LiveAnswer } from '../app/mishaps.js';
import type { Answer } from '../app/answer.js';

// A caller whose deadline is longer than this would wait for ever in a test.
const hangMsMax = 120_000;

/** Sends an answer, or acts out what goes wrong on the way. */
export async function respond(reply: FastifyReply, { answer, mishap }: LiveAnswer): Promise<void> {
  switch (mishap?.kind) {
    case 'delay':
      // Real time: it is the caller's deadline, on the monotonic clock, that this tries.
      await sleep(mishap.ms);
      return send(reply, answer);
    case 'error':
      return send(reply, internalError());
    case 'malformed':
      return void reply.status(200).type('application/json').send('{"is_sent": tru');
    case 'reset':
      return reset(reply);
    case 'timeout':
      return hang(reply);
    case undefined:
      return send(reply, answer);
  }
}

function send(reply: FastifyReply, answer: Answer): void {
  if (answer.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(answer.retryAfterSeconds));
  }
  if (answer.nextCursor !== undefined) {
    void reply.header('x-pagination-next', nextPage(reply.request, answer.nextCursor));
  }
  void reply.status(answer.status).send(answer.body);
}

function nextPage(request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url, `${request.protocol}://${request.host}`);
  url.searchParams.set('cursor', cursor);
  return url.href;
}

function reset(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/** Says nothing until the caller hangs up. */
function hang(reply: FastifyReply): void {
  reply.hijack();
  const { socket } = reply.raw;
  const timer = setTimeout(() => socket?.destroy(), hangMsMax);
  socket?.once('close', () => clearTimeout(timer));
}
