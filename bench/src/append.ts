// Appends with expected version and gapless position, against Emmett, message-db and bare COPY.
// npm run bench append        BENCH_ROUNDS=5 BENCH_SECONDS=2
import type { Contestant } from './append/contestant.js';
import { copy } from './append/copy.js';
import { emmett } from './append/emmett.js';
import { measure, type Figures } from './append/measure.js';
import { messageDb } from './append/message-db.js';
import { groupDatabase, overture, overtureTransactions } from './append/overture.js';
import { benchPostgres, withClient } from './shared/postgres.js';
import { atLeast, atMost, printTable, report } from './shared/report.js';
import { takeTurns, type Turn } from './shared/rounds.js';

const cells = [
  { callers: 32, batch: 1 },
  { callers: 256, batch: 1 },
  { callers: 1024, batch: 1 },
  { callers: 8, batch: 100 },
  { callers: 32, batch: 1000 },
];
type Cell = (typeof cells)[number];

const postgres = await benchPostgres();
try {
  const contestants: Contestant[] = [];
  for (const make of [overture, overtureTransactions, emmett, messageDb, copy]) {
    contestants.push(await make(postgres.url));
  }
  const turns = cells.flatMap((cell) => contestants.map((contestant) => turnOf(contestant, cell)));
  const results = await takeTurns(turns);
  print(contestants, results);
  await holdsP2();
  report('append', goalsOf(results), { results: Object.fromEntries(results) });
  for (const contestant of contestants) await contestant.close();
} finally {
  await postgres.stop();
}

function turnOf(contestant: Contestant, cell: Cell): Turn<Figures> {
  const load = { ...cell, cpuMicros: postgres.cpuMicros };
  return {
    name: keyOf(contestant.name, cell),
    async run() {
      await postgres.checkpoint();
      return measure(load, () => contestant.newCaller(cell.batch));
    },
  };
}

function nameOf({ callers, batch }: Cell): string {
  return `${callers} × ${batch}`;
}

function keyOf(contestant: string, cell: Cell): string {
  return `${contestant} | ${nameOf(cell)}`;
}

function print(contestants: readonly Contestant[], results: ReadonlyMap<string, Figures>): void {
  const shown = (key: string) => {
    const { perSecond, p99Ms, cpuMicros } = results.get(key) as Figures;
    return `${perSecond} (${p99Ms.toFixed(1)} ms, ${cpuMicros.toFixed(0)} µs)`;
  };
  printTable(
    ['events/s (p99, processor time each), callers × events', ...cells.map(nameOf)],
    contestants.map(({ name }) => [name, ...cells.map((cell) => shown(keyOf(name, cell)))]),
  );
}

function goalsOf(results: ReadonlyMap<string, Figures>) {
  const ours = 'Overture, group append';
  const rate = (name: string, cell: string) => results.get(`${name} | ${cell}`)?.perSecond ?? 0;
  const ratio = (peer: string, cell: string) => rate(ours, cell) / rate(peer, cell);
  const p99Ms = results.get(`${ours} | 32 × 1`)?.p99Ms ?? Number.NaN;
  return [
    atLeast('32 callers, × Emmett', ratio('Emmett', '32 × 1'), 8),
    atLeast('256 callers, × Emmett', ratio('Emmett', '256 × 1'), 15),
    atLeast('batch 100, × Emmett', ratio('Emmett', '8 × 100'), 3),
    atLeast('batch 1000, of COPY', ratio('limit: COPY, no checks', '32 × 1000'), 0.6),
    atMost('p99 at 32 callers in ms', p99Ms, 10),
  ];
}

/** The speed is worth nothing if a version or a position is missing. */
async function holdsP2(): Promise<void> {
  const { rows } = await withClient(postgres.url(groupDatabase), (client) =>
    client.query(`
      select 'version' from campaign.events group by tenant_id, stream_id
        having min(version) <> 1 or max(version) <> count(*)
      union all
      select 'position' from campaign.events group by tenant_id, bucket
        having min(position) <> 1 or max(position) <> count(*)`),
  );
  if (rows.length > 0) throw new Error(`P2 is broken: ${JSON.stringify(rows)}`);
  console.log('P2 holds: versions and positions have no holes.\n');
}
