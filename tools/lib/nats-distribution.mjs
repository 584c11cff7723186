// The nats-server package of Debian or Ubuntu, unpacked into our cache: no root, and nothing of the system changes.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';

const newerSuites = ['sid', 'trixie'];
const aptTimeoutMs = 90_000;

/** Tries one suite after another, newest first: yields the unpacked program's path or the problem. */
export async function* fromDistribution(folder, log, apt = '/etc/apt') {
  for (const { suite, sources } of suitesToTry(apt)) {
    log(`  fetching nats-server (package, ${suite})`);
    yield await fetchPackage(join(folder, suite.replaceAll(' ', '-')), sources, suite);
  }
}

/** What apt would be asked, in this order: newer suites of the machine's own Debian mirror, then its own sources. */
export function suitesToTry(apt) {
  const own = existsSync(apt) ? readSources(apt) : [];
  if (own.length === 0) return [];
  const mirror = own.find(({ uri }) => /\/debian\/?$/.test(uri));
  const newer = newerSuites.map((suite) => ({ suite, sources: [{ ...mirror, suite }] }));
  return [...(mirror ? newer : []), { suite: 'this system', sources: own }];
}

async function fetchPackage(folder, sources, suite) {
  const name = `package of ${suite}`;
  for (const sub of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(folder, sub), { recursive: true });
  }
  writeFileSync(join(folder, 'sources.list'), sources.map(sourceLine).join('\n') + '\n');
  const unpacked = join(folder, 'unpacked');
  const options = aptOptions(folder);
  const steps = [
    ['apt-get', [...options, 'update']],
    ['apt-get', [...options, 'download', 'nats-server']],
    ['sh', ['-c', 'exec dpkg -x nats-server_*.deb unpacked']],
  ];
  for (const [command, args] of steps) {
    const { code, output } = await run(command, args, { cwd: folder, timeout: aptTimeoutMs });
    if (code !== 0) return { name, problem: lastProblem(command, output) };
  }
  const path = ['usr/sbin', 'usr/bin']
    .map((bin) => join(unpacked, bin, 'nats-server'))
    .find(existsSync);
  return path ? { name, path } : { name, problem: 'the package holds no nats-server' };
}

function lastProblem(command, output) {
  const lines = output.trim().split('\n');
  return lines.findLast((line) => line.startsWith('E:')) ?? `${command} failed: ${lines.at(-1)}`;
}

// A private apt: own lists, cache and sources, and no change of user, which would need root.
function aptOptions(folder) {
  const settings = {
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '15',
    'Acquire::https::Timeout': '15',
  };
  return ['-q', ...Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])];
}

function sourceLine({ uri, suite, components, signedBy }) {
  const options = signedBy ? `[signed-by=${signedBy}] ` : '';
  return `deb ${options}${uri} ${suite} ${components}`;
}

// The package sources of this machine, from both formats that apt knows.
function readSources(apt) {
  const parts = join(apt, 'sources.list.d');
  const files = [join(apt, 'sources.list')];
  if (existsSync(parts)) files.push(...readdirSync(parts).map((file) => join(parts, file)));
  return files.filter(existsSync).flatMap((file) => {
    if (file.endsWith('.sources')) return fromStanzas(readFileSync(file, 'utf8'));
    return file.endsWith('.list') ? fromLines(readFileSync(file, 'utf8')) : [];
  });
}

function fromLines(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
    if (!match) return [];
    const [, options = '', uri, suite, components] = match;
    return [{ uri, suite, components, signedBy: /signed-by=(\S+)/.exec(options)?.[1] }];
  });
}

function fromStanzas(text) {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(\\S.*)$`, 'im').exec(stanza)?.[1].trim();
    const [uris, suites] = [field('URIs'), field('Suites')];
    if (!uris || !suites || /^no$/i.test(field('Enabled') ?? '')) return [];
    const [components, signedBy] = [field('Components') ?? '', field('Signed-By')];
    return uris.split(/\s+/).flatMap((uri) => {
      return suites.split(/\s+/).map((suite) => ({ uri, suite, components, signedBy }));
    });
  });
}
