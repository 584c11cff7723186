// Appends with expected version and gapless position against Emmett, message-db and bare COPY (performance §1).
// npm run bench append        BENCH_ROUNDS=5 BENCH_SECONDS=2
import {
  copyLimit,
  emmett,
  messageDb,
  overture,
  overtureTransactions,
  type Contestant,
} from './append-contestants.js';
import {
  benchPostgres,
  measure,
  median,
  rounds,
  withClient,
  writeReport,
  type Figures,
} from './harness.js';

const cells = [
  { callers: 32, batch: 1 },
  { callers: 256, batch: 1 },
  { callers: 1024, batch: 1 },
  { callers: 8, batch: 100 },
  { callers: 32, batch: 1000 },
].map((cell) => ({ ...cell, name: `${cell.callers} × ${cell.batch}` }));
type Cell = (typeof cells)[number];

const server = await benchPostgres();
try {
  const makers = [overture, overtureTransactions, emmett, messageDb, copyLimit];
  const contestants: Contestant[] = [];
  for (const make of makers) contestants.push(await make(server.url));
  const results = await interleave(contestants);
  print(contestants, results);
  await holdsP2();
  const goals = goalsOf(results);
  console.log(
    goals
      .map(({ goal, found, met }) => `${met ? 'met   ' : 'MISSED'} ${goal}: ${found}`)
      .join('\n'),
  );
  writeReport('append', { results: Object.fromEntries(results), goals });
  for (const contestant of contestants) await contestant.close();
} finally {
  await server.stop();
}

/** All contestants take turns in every round, so that a slow minute of the machine hits all of them. */
async function interleave(contestants: readonly Contestant[]): Promise<Map<string, Figures>> {
  const samples = new Map<string, Figures[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const cell of cells) {
      for (const contestant of contestants) {
        const key = keyOf(contestant.name, cell);
        const figures = await turn(cell, contestant);
        // The first round warms up plans, caches and files.
        samples.set(key, round === 0 ? [] : [...(samples.get(key) ?? []), figures]);
      }
    }
    console.log(`round ${round} of ${rounds}`);
  }
  return new Map([...samples].map(([key, all]) => [key, median(all)]));
}

async function turn({ callers, batch }: Cell, contestant: Contestant): Promise<Figures> {
  await withClient(server.url(), (client) => client.query('checkpoint'));
  const load = { callers, unitsPerCall: batch, cpuMicros: server.cpuMicros };
  return measure(load, () => contestant.newCaller(batch));
}

function keyOf(name: string, cell: Cell): string {
  return `${name} | ${cell.name}`;
}

function print(contestants: readonly Contestant[], results: Map<string, Figures>): void {
  const show = (contestant: Contestant, cell: Cell) => {
    const figures = results.get(keyOf(contestant.name, cell));
    if (figures === undefined) return '–';
    const { perSecond, p99Ms, cpuMicros } = figures;
    return `${perSecond} (p99 ${p99Ms.toFixed(1)} ms, ${cpuMicros.toFixed(0)} µs)`;
  };
  console.log(
    `\n| events/s (p99, processor time each), callers × events | ${cells.map(({ name }) => name).join(' | ')} |`,
  );
  console.log(`|---|${cells.map(() => '---').join('|')}|`);
  for (const contestant of contestants) {
    const row = cells.map((cell) => show(contestant, cell)).join(' | ');
    console.log(`| ${contestant.name} | ${row} |`);
  }
}

function goalsOf(results: Map<string, Figures>) {
  const rate = (name: string, cell: string) => results.get(`${name} | ${cell}`)?.perSecond ?? 0;
  const ratio = (peer: string, cell: string) =>
    rate('Overture, group append', cell) / rate(peer, cell);
  const p99 = results.get('Overture, group append | 32 × 1')?.p99Ms ?? Number.NaN;
  return [
    atLeast('32 callers, × Emmett', ratio('Emmett', '32 × 1'), 8),
    atLeast('256 callers, × Emmett', ratio('Emmett', '256 × 1'), 15),
    atLeast('batch 100, × Emmett', ratio('Emmett', '8 × 100'), 3),
    atLeast('batch 1000, of COPY', ratio('limit: COPY, no checks', '32 × 1000'), 0.6),
    { goal: 'p99 at 32 callers ≤ 10 ms', found: `${p99.toFixed(1)} ms`, met: p99 <= 10 },
  ];
}

function atLeast(what: string, found: number, wanted: number) {
  return { goal: `${what} ≥ ${wanted}`, found: found.toFixed(2), met: found >= wanted };
}

/** The speed is worth nothing if a version or a position is missing. */
async function holdsP2(): Promise<void> {
  const holes = await withClient(server.url('overture_group'), (client) =>
    client.query(`
      select 'version' from campaign.events group by tenant_id, stream_id
        having min(version) <> 1 or max(version) <> count(*)
      union all
      select 'position' from campaign.events group by tenant_id, bucket
        having min(position) <> 1 or max(position) <> count(*)`),
  );
  if (holes.rows.length > 0) throw new Error(`P2 is broken: ${JSON.stringify(holes.rows)}`);
  console.log('\nP2 holds: versions and positions have no holes.\n');
}
