import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, type Attempt } from '../../../tools/lib/nats-binary.mjs';
import { suitesToTry } from '../../../tools/lib/nats-distribution.mjs';

const folder = mkdtempSync(join(tmpdir(), 'overture-binary-'));
const usable = { path: join(folder, 'bin/nats-server'), cached: join(folder, 'cache/nats-server') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(join(folder, 'cache'), { recursive: true, force: true }));

describe('The search for a nats-server', () => {
  it('takes the one on the PATH first, and fetches nothing', async () => {
    program('bin/nats-server', '2.9.10');
    program('cache/nats-server', '2.15.1');
    expect(await find({ sources: [never] })).toEqual({ path: usable.path, version: '2.9.10' });
  });

  it('passes over one that is too old and takes the one in our cache', async () => {
    program('bin/nats-server', '2.2.0');
    program('cache/nats-server', '2.15.1');
    expect(await find({ sources: [never] })).toEqual({ path: usable.cached, version: '2.15.1' });
  });

  it('asks its sources in their order and keeps what it got in the cache', async () => {
    program('bin/nats-server', '2.2.0');
    const sources = [
      source({ name: 'first', problem: 'no network' }),
      source({ name: 'second', path: program('fetched/nats-server', '2.11.8') }),
      never,
    ];
    expect(await find({ sources })).toEqual({ path: usable.cached, version: '2.11.8' });
    expect(await find({ sources: [never] })).toEqual({ path: usable.cached, version: '2.11.8' });
  });

  it('says what it tried and what to install when there is none', async () => {
    program('bin/nats-server', '2.2.0');
    const sources = [source({ name: 'official release', problem: 'no network' })];
    const failure = await find({ sources }).catch((error: Error) => error.message);
    expect(failure).toContain('version 2.2.0 does not do');
    expect(failure).toContain('official release: no network');
    expect(failure).toContain('apt-get install nats-server');
    expect(failure).toContain(usable.cached);
  });
});

describe('The package sources', () => {
  it("are newer suites of the machine's own mirror, then its own suites", () => {
    const own = 'deb [signed-by=/k.gpg] http://mirror.test/debian bookworm main\n';
    const suites = suitesToTry(aptFolder({ 'sources.list': `# comment\n${own}` }));
    expect(suites.map(({ suite }) => suite)).toEqual(['sid', 'trixie', 'this system']);
    const [sid] = suites[0]!.sources;
    expect(sid).toMatchObject({
      uri: 'http://mirror.test/debian',
      suite: 'sid',
      signedBy: '/k.gpg',
    });
  });

  it('are its own suites alone where it is no Debian, and none where there is no apt', () => {
    const ubuntu =
      'URIs: http://mirror.test/ubuntu/\nSuites: noble noble-updates\nComponents: main\n';
    const suites = suitesToTry(
      aptFolder({ 'sources.list.d/ubuntu.sources': `Types: deb\n${ubuntu}` }),
    );
    expect(suites.map(({ suite }) => suite)).toEqual(['this system']);
    expect(suites[0]!.sources.map(({ suite }) => suite)).toEqual(['noble', 'noble-updates']);
    expect(suitesToTry(join(folder, 'nowhere'))).toEqual([]);
  });
});

function find(options: Pick<NonNullable<Parameters<typeof findNatsServer>[0]>, 'sources'>) {
  const env = { PATH: join(folder, 'bin'), OVERTURE_CACHE: join(folder, 'cache') };
  return findNatsServer({ env, log: () => undefined, systemFolders: [], ...options });
}

function program(name: string, version: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "nats-server: v${version}"\n`);
  chmodSync(path, 0o755);
  return path;
}

function source(attempt: Attempt) {
  return async function* () {
    yield Promise.resolve(attempt);
  };
}

async function* never(): AsyncGenerator<Attempt> {
  yield await Promise.reject(new Error('This source must not be asked.'));
}

function aptFolder(files: Record<string, string>): string {
  const apt = mkdtempSync(join(folder, 'apt-'));
  mkdirSync(join(apt, 'sources.list.d'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(apt, name), text);
  return apt;
}
