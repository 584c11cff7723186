// Import of a file of leads, against Emmett's appends alone and the plainest inserts.
// npm run bench import        BENCH_ROUNDS=5 BENCH_ROWS=50000
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../tools/lib/temporary.mjs';
import { emmett } from './import/emmett.js';
import { writeImportFile } from './import/file.js';
import type { Importer } from './import/importer.js';
import { overture } from './import/overture.js';
import { plainInserts } from './import/plain-inserts.js';
import { benchNats } from './shared/nats.js';
import { benchPostgres } from './shared/postgres.js';
import { cpuMicrosOf, peakMbOf } from './shared/processes.js';
import { atLeast, atMost, printTable, report } from './shared/report.js';
import { takeTurns, type Turn } from './shared/rounds.js';

interface Figures {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

const rows = Number(process.env['BENCH_ROWS'] ?? 50_000);
const fewRows = Math.min(10_000, rows);

const postgres = await benchPostgres();
const nats = await benchNats();
const folder = temporaryFolder();
try {
  const ours = await overture(postgres.url, nats.server.url);
  const peer = await emmett(postgres.url);
  const plain = await plainInserts(postgres.url);
  const peakMb = () => peakMbOf(ours.pid as number);
  await importOnce(ours, fewRows, 'few');
  const peakMbOfFew = peakMb();
  const results = await takeTurns([ours, peer, plain].map(turnOf));
  print(results);
  const memory = { [`${fewRows} rows`]: peakMbOfFew, [`${rows} rows`]: peakMb() };
  console.log(`memory of the service, peak: ${JSON.stringify(memory)} MB\n`);
  const rate = ({ name }: Importer) => results.get(name)?.perSecond ?? 0;
  const goals = [
    atLeast('leads/s', rate(ours), 20_000),
    atLeast('× Emmett, appends alone', rate(ours) / rate(peer), 5),
    atMost('memory in MB', peakMb(), 300),
  ];
  report('import', goals, { rows, results: Object.fromEntries(results), memory });
  for (const importer of [ours, peer, plain]) await importer.close();
} finally {
  await nats.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

function turnOf(importer: Importer): Turn<Figures> {
  const run = (round: number) => importOnce(importer, rows, `round${round}`);
  return { name: importer.name, run };
}

async function importOnce(importer: Importer, wanted: number, seed: string): Promise<Figures> {
  const file = join(folder, 'people.csv');
  await writeImportFile(file, wanted, seed);
  await postgres.checkpoint();
  const { pid } = importer;
  const cpu = () => postgres.cpuMicros() + (pid === undefined ? 0 : cpuMicrosOf(pid));
  const cpuBefore = cpu();
  const start = performance.now();
  const imported = await importer.run(file);
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: Math.round(imported / seconds), cpuMicros: (cpu() - cpuBefore) / imported };
}

function print(results: ReadonlyMap<string, Figures>): void {
  printTable(
    ['import', 'leads/s', 'processor time each'],
    [...results].map(([name, { perSecond, cpuMicros }]) => {
      return [name, perSecond, `${cpuMicros.toFixed(0)} µs`];
    }),
  );
}
