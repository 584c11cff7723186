import { quantile } from '../shared/statistics.js';

/** What one contestant did in one cell. */
export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time per event, ours and the server's. */
  readonly cpuMicros: number;
}

interface Load {
  readonly callers: number;
  readonly batch: number;
  readonly cpuMicros: () => number;
}

const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);

/** Runs so many callers side by side, each with its own endless series of calls, for a while. */
export async function measure(
  { callers, batch, cpuMicros }: Load,
  newCaller: () => () => Promise<void>,
): Promise<Figures> {
  const latencies: number[] = [];
  const cpuBefore = cpuMicros();
  const start = performance.now();
  const end = start + seconds * 1_000;
  const runCaller = async () => {
    const call = newCaller();
    while (performance.now() < end) {
      const before = performance.now();
      await call();
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, runCaller));
  const events = latencies.length * batch;
  return {
    perSecond: Math.round((events * 1_000) / (performance.now() - start)),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMicros: (cpuMicros() - cpuBefore) / events,
  };
}
