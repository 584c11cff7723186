import { join } from 'node:path';
import { playedMs, scriptFor, seed, type DemoState } from '@overture/demo';
import { instant, plus, toMs, type Instant } from '@overture/kernel';
import { brokenPromises, type Draft, type History, type Log } from '@overture/promises';
import { repositoryRoot } from '../../../tools/lib/root.mjs';
import { allOf, gather } from './harness/gather.js';
import { Partner } from './harness/partner.js';
import { eventsIn, playedOf } from './harness/played.js';
import { startProduct, type Product } from './harness/product.js';

const startAt = instant('2026-03-07T00:00:00Z');
const ends = ['replied', 'completed', 'stopped', 'failed', 'skipped', 'expired', 'withdrawn'];

// The five weeks of `npm start`: the same seeding, the same script, the same child process, without the pace.
describe('The demo, played to its end', () => {
  const partner = new Partner();
  let product: Product;
  const undelivered: unknown[] = [];
  let log: Log;
  let state: DemoState;

  beforeAll(async () => {
    product = await startProduct('demo', startAt);
    state = await seedDemo(product, partner);
    await playAll(product, state);
    const gathered = await gather(product, partner.deliveries);
    log = { ...gathered, drafts: draftsOf(gathered) };
    const deliveries = `webhook-endpoints/${state.endpointId}/deliveries`;
    for (const status of ['pending', 'failed']) {
      undelivered.push(
        ...(await allOf(product.api, `${deliveries}?status=${status}`, 'deliveries')),
      );
    }
  });

  it('keeps every promise (I1–I8, I10–I12, I15, I16)', () => {
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
    expect(eventsIn(log, 'ActionOutcomeUnknown').length).toBeGreaterThan(0);
    const readBack = eventsIn(log, 'ActionSucceeded').filter(
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

  it('takes every way of every branch, and ends on each (F012, F013, F014, F009)', () => {
    const taken = eventsIn(log, 'BranchTaken').map(
      ({ data: { stepId, outcome } }) => `${String(stepId)}: ${String(outcome)}`,
    );
    const ways = ['accepted: yes', 'accepted: no', 'manager: yes', 'manager: no'];
    expect(new Set(taken)).toEqual(new Set(ways));
    const done = new Set(playedOf(log).map(({ effect }) => effect.kind));
    expect([...done].sort()).toEqual(['connect', 'inmail', 'message', 'visit', 'withdraw']);
  });

  it('sends drafts as they were approved, and no other (F069, F070, I11, I15)', () => {
    const approved = new Map(
      eventsIn(log, 'DraftApproved').map(({ data }) => [data['actionId'], data['textSha256']]),
    );
    const opened = new Set(log.drafts?.map(({ actionId }) => actionId));
    const sent = playedOf(log).filter(({ effect }) => opened.has(effect.actionId));
    expect(sent.length).toBeGreaterThan(15);
    for (const { effect } of sent) {
      expect(effect.textSha256).toBe(approved.get(effect.actionId));
    }
    expect(sent.filter(({ effect }) => effect.text?.endsWith('by the way.)'))).toHaveLength(1);
    expect(eventsIn(log, 'DraftSkipped')).toHaveLength(1);
    expect(eventsIn(log, 'DraftExpired')).toHaveLength(1);
  });

  it('keeps the hours of every place, and its holiday (S2-36, S2-37)', () => {
    const { zone: festive, date } = state.dayOff as NonNullable<DemoState['dayOff']>;
    const played = playedOf(log);
    for (const zone of ['Europe/Lisbon', 'Asia/Kolkata', festive]) {
      const there = played.filter((each) => each.zone === zone);
      expect(there.length).toBeGreaterThan(20);
      for (const { effect, hour, weekday } of there) {
        const open = hour >= 9 && hour < 17 && weekday <= 5;
        expect({ zone, at: effect.at, open }).toEqual({ zone, at: effect.at, open: true });
      }
    }
    expect(played.filter((each) => each.zone === festive && each.date === date)).toEqual([]);
    expect(played.filter((each) => each.zone !== festive && each.date === date)).not.toEqual([]);
  });

  it('compares two ways of saying it (F061, F067)', async () => {
    for (const campaignId of state.campaignIds) {
      const { steps } = await product.api.get<Compared>(`campaigns/${campaignId}/variants`);
      const sent = steps.flatMap(({ variants }) => variants.map((variant) => variant.sent));
      expect(sent).toHaveLength(2);
      expect(Math.min(...sent)).toBeGreaterThan(0);
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

async function playAll({ time, stage, api }: Product, state: DemoState): Promise<void> {
  const after = (ms: number): Instant => plus(instant(state.startedAt), ms);
  for (const scene of scriptFor(state)) {
    await time.advanceTo(after(scene.afterMs));
    await scene.play({ stage, api });
  }
  await time.advanceTo(after(playedMs));
}

interface Compared {
  readonly steps: readonly { readonly variants: readonly { readonly sent: number }[] }[];
}

function draftsOf(log: Log): Draft[] {
  return eventsIn(log, 'DraftOpened').map(({ data }) => ({
    actionId: String(data['actionId']),
    expiresAt: instant(String(data['expiresAt'])),
  }));
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
