import { createServer } from 'node:net';

/** The preferred port on 127.0.0.1 when it is free, else one that the system picks. */
export async function freePort(preferred = 0) {
  return (await tryListen(preferred)) ?? (await tryListen(0));
}

function tryListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}
