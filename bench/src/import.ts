// Import of a file of leads against Emmett's appends alone and the plainest inserts (performance §6).
// npm run bench import        BENCH_ROUNDS=3 BENCH_ROWS=50000
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startNats } from '../../tools/lib/nats.mjs';
import { temporaryFolder } from '../../tools/lib/temporary.mjs';
import { benchPostgres, quantile, rounds, withClient, writeReport } from './harness.js';
import { emmett, overture, plainInserts, type Importer } from './import-contestants.js';
import { writeImportFile } from './import-file.js';

const rows = Number(process.env['BENCH_ROWS'] ?? 50_000);
const fewRows = Math.min(10_000, rows);

interface Run {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

const server = await benchPostgres();
const folder = temporaryFolder();
const nats = await startNats({ directory: join(folder, 'nats') });
try {
  const importers = [
    await overture(server.url, nats.url),
    await emmett(server.url),
    await plainInserts(server.url),
  ];
  const few = await sample(importers[0] as Importer, 'few', fewRows);
  const peakMbOfFew = importers[0]?.peakMb() ?? 0;
  const runs = await interleave(importers);
  const peakMb = importers[0]?.peakMb() ?? 0;
  const medians = new Map([...runs].map(([name, all]) => [name, medianOf(all)]));
  print(medians);
  const memory = { [`${fewRows} rows`]: peakMbOfFew, [`${rows} rows`]: peakMb };
  console.log(`memory of the service, peak: ${JSON.stringify(memory)} MB`);
  const goals = goalsOf(medians, peakMb);
  for (const { goal, found, met } of goals)
    console.log(`${met ? 'met   ' : 'MISSED'} ${goal}: ${found}`);
  writeReport('import', { rows, few, results: Object.fromEntries(medians), memory, goals });
  for (const importer of importers) await importer.close();
} finally {
  await nats.destroy();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** All contestants take turns in every round, so that a slow minute of the machine hits all of them. */
async function interleave(importers: readonly Importer[]): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const importer of importers) {
      const run = await sample(importer, `round${round}`, rows);
      // The first round warms up plans, caches and files.
      runs.set(importer.name, round === 0 ? [] : [...(runs.get(importer.name) ?? []), run]);
    }
    console.log(`round ${round} of ${rounds}`);
  }
  return runs;
}

async function sample(importer: Importer, seed: string, wanted: number): Promise<Run> {
  const file = join(folder, 'people.csv');
  await writeImportFile(file, wanted, seed);
  await withClient(server.url(), (client) => client.query('checkpoint'));
  const cpu = () => server.cpuMicros() + importer.cpuMicros();
  const cpuBefore = cpu();
  const start = performance.now();
  const imported = await importer.run(file);
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: Math.round(imported / seconds), cpuMicros: (cpu() - cpuBefore) / imported };
}

function medianOf(all: readonly Run[]): Run {
  const middle = (of: (run: Run) => number) => quantile(all.map(of), 0.5);
  return { perSecond: middle((run) => run.perSecond), cpuMicros: middle((run) => run.cpuMicros) };
}

function print(medians: ReadonlyMap<string, Run>): void {
  console.log('\n| import | leads/s | processor time each |\n|---|---|---|');
  for (const [name, { perSecond, cpuMicros }] of medians) {
    console.log(`| ${name} | ${perSecond} | ${cpuMicros.toFixed(0)} µs |`);
  }
}

function goalsOf(medians: ReadonlyMap<string, Run>, peakMb: number) {
  const [ours = 0, emmettRate = 0] = [...medians.values()].map(({ perSecond }) => perSecond);
  const ratio = ours / emmettRate;
  return [
    { goal: 'leads/s ≥ 20000', found: `${ours}`, met: ours >= 20_000 },
    { goal: '× Emmett, appends alone ≥ 5', found: ratio.toFixed(2), met: ratio >= 5 },
    { goal: 'memory ≤ 300 MB', found: `${Math.round(peakMb)} MB`, met: peakMb <= 300 },
  ];
}
