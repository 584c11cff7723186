import { join } from 'node:path';
import { playedMs, script, seed, type DemoState } from '@overture/demo';
import { instant, plus, toMs, type Instant } from '@overture/kernel';
import { brokenPromises, type History, type Log } from '@overture/promises';
import { repositoryRoot } from '../../../tools/lib/root.mjs';
import { allOf, gather } from './harness/gather.js';
import { Partner } from './harness/partner.js';
import { startProduct, type Product } from './harness/product.js';

const startAt = instant('2026-03-07T00:00:00Z');
const ends = ['replied', 'completed', 'stopped', 'failed', 'skipped', 'expired', 'withdrawn'];

// The five weeks of `npm start`: the same seeding, the same script, the same child process, without the pace.
describe('The demo, played to its end', () => {
  const partner = new Partner();
  let product: Product;
  const undelivered: unknown[] = [];
  let log: Log;

  beforeAll(async () => {
    product = await startProduct('demo', startAt);
    const state = await seedDemo(product, partner);
    await playAll(product, toMs(startAt));
    log = await gather(product, partner.deliveries);
    const deliveries = `webhook-endpoints/${state.endpointId}/deliveries`;
    for (const status of ['pending', 'failed']) {
      undelivered.push(
        ...(await allOf(product.api, `${deliveries}?status=${status}`, 'deliveries')),
      );
    }
  });

  it('keeps every promise (I1–I8, I10–I12, I16)', () => {
    expect(brokenPromises(log)).toEqual([]);
  });

  it('has people who answered, and stopped for each of them (I2)', () => {
    const replied = log.histories.filter(({ status }) => status === 'replied');
    expect(replied.length).toBeGreaterThan(5);
    expect(replied.length).toBeGreaterThanOrEqual(repliesIn(log));
  });

  it('brings every lead to an end, or says what it waits for (I7)', () => {
    const open = log.histories.filter(({ status }) => !ends.includes(status));
    expect(open.filter(({ reason }) => reason === '')).toEqual([]);
    expect(log.histories.length).toBeGreaterThan(60);
  });

  it('reads lost answers back instead of sending again (I10)', () => {
    expect(typesIn(log, 'ActionOutcomeUnknown').length).toBeGreaterThan(0);
    const readBack = typesIn(log, 'ActionSucceeded').filter(
      ({ data }) => data['readBack'] === true,
    );
    expect(readBack.length).toBeGreaterThan(0);
  });

  it('resumes the leads of the expired login where they stood (S4-53)', () => {
    const paused = log.histories.filter(({ events }) => has(events, 'EnrollmentPaused'));
    expect(paused.length).toBeGreaterThan(10);
    for (const { events } of paused) {
      const before = standing(events, 'EnrollmentPaused');
      expect(standing(events, 'EnrollmentResumed')).toEqual(before);
    }
  });

  it('told the partner everything, signed, each lead in order (I12)', () => {
    expect(undelivered).toEqual([]);
    const { refused, outOfOrder, verified } = partner.receiver.counted;
    expect({ refused, outOfOrder }).toEqual({ refused: 0, outOfOrder: 0 });
    expect(verified).toBeGreaterThan(300);
  });
});

function seedDemo(
  { api, apiUrl, apiKey, stage }: Product,
  { receiver }: Partner,
): Promise<DemoState> {
  const csv = join(repositoryRoot(), 'samples/connections.csv');
  const environment = {
    apiUrl,
    apiKey,
    csv,
    simulatorUrl: '',
    stateFile: '',
    paceMsPerDay: 0,
    clock: undefined,
  };
  const say = () => undefined;
  return seed({ api, stage, receiver, environment, say }, new Date(toMs(startAt)));
}

async function playAll({ time, stage }: Product, startedMs: number): Promise<void> {
  const after = (ms: number): Instant => plus(instant(new Date(startedMs).toISOString()), ms);
  for (const scene of script) {
    await time.advanceTo(after(scene.afterMs));
    await scene.play(stage);
  }
  await time.advanceTo(after(playedMs));
}

function typesIn({ histories }: Log, type: string) {
  return histories.flatMap(({ events }) => events).filter((event) => event.type === type);
}

function has(events: History['events'], type: string): boolean {
  return events.some((event) => event.type === type);
}

/** Who answered one of our accounts. */
function repliesIn({ happenings }: Log): number {
  return happenings.filter(({ kind }) => kind === 'reply').length;
}

/** The action whose turn it is at the first event of this type; none when something in flight ended meanwhile. */
function standing(events: History['events'], at: string): unknown {
  const until = events.findIndex(({ type }) => type === at);
  return events.slice(0, until).findLast(({ type }) => type === 'ActionPlanned')?.data['actionId'];
}
