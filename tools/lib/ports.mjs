import { createServer } from 'node:net';

// Below what Linux, macOS and Windows give to outgoing connections: one of those would take a port that a server was
// given and has not opened yet, or lets go for a moment while it starts again.
const lowest = 20_000;
const amount = 12_000;
// Each process begins elsewhere and gives no port twice, so that two who start servers at the same time do not meet.
const stride = 7_919;
let given = (process.pid * stride) % amount;

/** The preferred port on 127.0.0.1 when it is free, else another that is. */
export async function freePort(preferred = 0) {
  if (preferred !== 0 && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < amount; tries++) {
    given = (given + 1) % amount;
    if (await isFree(lowest + given)) return lowest + given;
  }
  throw new Error(`No port of 127.0.0.1 from ${lowest} to ${lowest + amount - 1} is free.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
