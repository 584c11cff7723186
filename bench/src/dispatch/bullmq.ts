import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { freePort } from '../../../tools/lib/ports.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';
import { chunksOf, inParallel } from '../shared/callers.js';
import { batch, callers, type Dispatcher, type Drained, type Work } from './dispatcher.js';

const workers = 4;
const jobsAtATime = 100;
const everySecond = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];

/** The redis-server of this machine; Debian puts it where an ordinary user's PATH does not look. */
export function findRedis(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, 'redis-server')).find((file) => existsSync(file));
}

/** BullMQ with an empty processor, on a Redis of its own that syncs its log every second. */
export async function bullMq(redis: string): Promise<Dispatcher> {
  const folder = temporaryFolder();
  const port = await freePort();
  const address = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const args = [...address, ...everySecond];
  const server = spawn(redis, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface(server.stdout)) {
    if (line.includes('Ready to accept connections')) break;
  }
  const connection = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null });
  const queue = new Queue('actions', { connection });
  await queue.waitUntilReady();
  return {
    plan: (works) =>
      inParallel(chunksOf(works, batch), callers, (chunk) => queue.addBulk(chunk.map(jobOf))),
    cancel: async ({ actionId }) => {
      await queue.remove(actionId);
    },
    // The whole queue: an identity alone would need a queue of its own.
    pause: () => queue.pause(),
    drain: () => drain(queue, connection),
    close: async () => {
      await queue.close();
      connection.disconnect();
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function jobOf({ actionId, leadId, identityId, kind, zone }: Work) {
  const data = { leadId, identityId, kind, zone };
  return { name: 'act', data, opts: { jobId: actionId, removeOnComplete: true } };
}

async function drain(queue: Queue, connection: Redis): Promise<Drained> {
  await queue.resume();
  const total = await queue.getWaitingCount();
  let taken = 0;
  const start = performance.now();
  const options = { connection, concurrency: jobsAtATime };
  let all: Worker[] = [];
  await new Promise<void>((resolve) => {
    const act = () => Promise.resolve(++taken === total ? resolve() : undefined);
    all = Array.from({ length: workers }, () => new Worker(queue.name, act, options));
  });
  const takingMs = performance.now() - start;
  await Promise.all(all.map((worker) => worker.close()));
  return { taken, takingMs };
}
