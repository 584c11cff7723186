import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { waitFor, withClient } from '@overture/testing';
import { acquireLock, tryLock } from '../../../tools/lib/lock.mjs';
import { startNats } from '../../../tools/lib/nats.mjs';
import { freePort } from '../../../tools/lib/ports.mjs';
import { startPostgres } from '../../../tools/lib/postgres.mjs';
import { isAlive } from '../../../tools/lib/processes.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Our PostgreSQL', () => {
  const directory = join(folder, 'postgres');

  it('keeps every committed row through kill -9, on the same port (P12)', async () => {
    const server = await startPostgres({ directory, port: 0 });
    const { port } = server;
    await query(server.url(), 'create table kept (id int); insert into kept values (1)');
    await server.kill();
    await server.restart();
    expect(server.port).toBe(port);
    expect(await query(server.url(), 'select * from kept')).toEqual([{ id: 1 }]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('ends a server that a killed owner left on the same files, and moves from a taken port', async () => {
    const leftover = await startPostgres({ directory, port: 0 });
    const server = await startPostgres({ directory, port: leftover.port });
    expect(isAlive(leftover.pid)).toBe(false);
    const blocked = await listenOn(await freePort());
    await server.stop();
    const moved = await startPostgres({ directory, port: blocked.port });
    expect(moved.port).not.toBe(blocked.port);
    expect(await query(moved.url(), 'select * from kept')).toEqual([{ id: 1 }]);
    await moved.stop();
    blocked.close();
  });

  it('starts although another process has the id of a dead postmaster', async () => {
    const server = await startPostgres({ directory, port: 0 });
    await server.stop();
    writeFileSync(join(server.data, 'postmaster.pid'), `${process.pid}\n${server.data}\n0\n0\n`);
    const again = await startPostgres({ directory, port: 0 });
    expect(await query(again.url(), 'select * from kept')).toEqual([{ id: 1 }]);
    await again.stop();
  });

  it('creates its cluster anew when the first creation was cut short', async () => {
    const cut = join(folder, 'cut');
    const first = await startPostgres({ directory: cut, port: 0 });
    await first.stop();
    rmSync(join(cut, 'postgres-password'));
    const second = await startPostgres({ directory: cut, port: 0 });
    expect(await query(second.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.destroy();
  });
});

describe('Our NATS', () => {
  const directory = join(folder, 'nats');

  it('refuses a second server on the same store, which nats-server itself allows (P12)', async () => {
    const server = await startNats({ directory });
    await expect(startNats({ directory })).rejects.toThrow(/in use by process \d+/);
    await server.stop();
    await (await startNats({ directory })).stop();
  });

  it('comes back on the same port after kill -9, under its name', async () => {
    const server = await startNats({ directory });
    const { port, name } = server;
    await server.kill();
    expect(isAlive(server.pid)).toBe(false);
    await server.restart();
    expect([server.port, server.name]).toEqual([port, name]);
    await server.stop();
  });

  it('moves from a taken port instead of talking to whoever has it', async () => {
    const blocked = await listenOn(await freePort());
    const server = await startNats({ directory, port: blocked.port });
    expect(server.port).not.toBe(blocked.port);
    await server.stop();
    blocked.close();
  });
});

describe('A lock', () => {
  const file = join(folder, 'some.lock');

  it('is taken over when its owner died, and names an owner that lives', () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, mark: 'of an earlier process' }));
    const first = tryLock(file);
    expect(first).toHaveProperty('release');
    expect(tryLock(file)).toEqual({ owner: process.pid });
    if ('release' in first) first.release();
    writeFileSync(file, '{"pid":');
    expect(tryLock(file)).toHaveProperty('release');
  });

  it('is waited for', async () => {
    const release = await acquireLock(join(folder, 'other.lock'));
    let taken = false;
    const waiting = acquireLock(join(folder, 'other.lock'), { waitMs: 60_000 }).then((free) => {
      taken = true;
      free();
    });
    expect(taken).toBe(false);
    release();
    await waiting;
    await waitFor(() => taken);
  });
});

describe('A free port', () => {
  it('is the preferred one, or another when that is taken', async () => {
    const blocked = await listenOn(await freePort());
    expect(await freePort(blocked.port)).not.toBe(blocked.port);
    blocked.close();
    expect(await freePort(blocked.port)).toBe(blocked.port);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows);
}

function listenOn(port: number): Promise<{ port: number; close: () => void }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      resolve({ port: address.port, close: () => void server.close() });
    });
  });
}
