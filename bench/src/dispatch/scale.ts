import type { Url } from '../shared/postgres.js';
import { quantile } from '../shared/statistics.js';
import { makeWorks } from './dispatcher.js';
import { OvertureDispatcher } from './overture.js';

const small = 10_000;
const large = Number(process.env['BENCH_WAITING'] ?? 1_000_000);
const claimsMax = 4_000;
const repeats = 25;

/** What does not grow with what waits. */
export interface ScaleFigures {
  readonly waiting: number;
  readonly pauseIdentityMs: number;
  readonly pauseCampaignMs: number;
  readonly idleTickMs: number;
  /** The same with few waiting. */
  readonly pauseIdentityFewMs: number;
  readonly idleTickFewMs: number;
  readonly claimFew: number;
  readonly claimMany: number;
  /** Claims per second with many waiting, as a share of those with few. */
  readonly flatness: number;
}

export async function measureScale(url: Url): Promise<ScaleFigures> {
  const few = await measureAt(url, small);
  const many = await measureAt(url, large);
  return {
    waiting: large,
    pauseIdentityMs: many.pauseIdentityMs,
    pauseCampaignMs: many.pauseCampaignMs,
    idleTickMs: many.idleTickMs,
    pauseIdentityFewMs: few.pauseIdentityMs,
    idleTickFewMs: few.idleTickMs,
    claimFew: few.claim,
    claimMany: many.claim,
    flatness: Number((many.claim / few.claim).toFixed(2)),
  };
}

async function measureAt(url: Url, waiting: number) {
  const dispatcher = await OvertureDispatcher.make(url, `scale_${waiting}`);
  await dispatcher.plan(makeWorks(waiting));
  // Warms up connections and prepared statements.
  await dispatcher.drain(1_000);
  const start = performance.now();
  const { taken, takingMs } = await dispatcher.drain(claimsMax);
  const claim = Math.round((taken / takingMs) * 1_000);
  console.log(
    `${waiting} waiting: ${claim} claims/s (${Math.round(performance.now() - start)} ms)`,
  );
  dispatcher.beforeNextSlot();
  const figures = {
    claim,
    idleTickMs: await medianMs(() => dispatcher.tick()),
    pauseIdentityMs: await medianMs(() => dispatcher.pause('identity-7')),
    pauseCampaignMs: await medianMs(() => dispatcher.pauseCampaign()),
  };
  await dispatcher.close();
  return figures;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return quantile(times, 0.5);
}
