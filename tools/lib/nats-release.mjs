// The official nats-server release, accepted only with the checksum that its makers published.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';

const version = '2.11.8';
const address = `https://github.com/nats-io/nats-server/releases/download/v${version}`;
const downloadTimeoutMs = 30_000;
const checksums = {
  'linux-x64': ['linux-amd64', '397a6deffb5533e160de0cca322bc3dcaec7fb7282d66a3dfa87a9c183152ad1'],
  'linux-arm64': [
    'linux-arm64',
    'b08936cb1dc0ae7086137bda14c352df64397c4af45ed2b392705c19585aeb84',
  ],
  'darwin-x64': [
    'darwin-amd64',
    '002c943c1ed39c55cc5e024debfc02685111fcb2b1cbd887aad39ac977037477',
  ],
  'darwin-arm64': [
    'darwin-arm64',
    '23e0c5354c2da385708946a21900c944fcb9a3bbfd02aae27a4ae750dea0b682',
  ],
};

/** Tries the release for this platform: yields the program's path or the problem. */
export async function* fromRelease(folder, log, platform = `${process.platform}-${process.arch}`) {
  if (!(platform in checksums)) return;
  const name = `official release ${version}`;
  log(`  fetching nats-server ${version} (official release)`);
  try {
    yield { name, path: await fetchRelease(folder, ...checksums[platform]) };
  } catch (error) {
    yield { name, problem: error.cause?.message ?? error.message };
  }
}

async function fetchRelease(folder, build, checksum) {
  const stem = `nats-server-v${version}-${build}`;
  const archive = await download(`${address}/${stem}.tar.gz`);
  const found = createHash('sha256').update(archive).digest('hex');
  if (found !== checksum) throw new Error(`SHA-256 is ${found}, expected ${checksum}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'release.tar.gz');
  writeFileSync(file, archive);
  const { code, output } = await run('tar', ['-xzf', file, '-C', folder]);
  if (code !== 0) throw new Error(`tar: ${output.trim()}`);
  return join(folder, stem, 'nats-server');
}

async function download(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}
