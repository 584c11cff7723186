import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, hourMs, instant, plus, seededBetween } from '@overture/kernel';
import { brokenPromises } from '@overture/promises';
import { waitFor } from '@overture/testing';
import { serviceNames } from '../src/installation.js';
import { Fleet } from './harness/fleet.js';
import { gather } from './harness/gather.js';
import { Partner } from './harness/partner.js';
import type { Product } from './harness/product.js';
import {
  accustom,
  addAccount,
  launch,
  makeCampaign,
  openStage,
  peopleNamed,
} from './harness/scene.js';

const seed = process.env['OVERTURE_SEED'] ?? String(Date.now());
const monday = instant('2026-03-02T07:00:00Z');
const playedMs = 18 * dayMs;
const answerDelayMs = 1_500;
const writes = ['linkedin-visit-profile', 'linkedin-connect-profile', 'linkedin-message-profile'];

// Every service is a process of its own. Each of them, and both servers, are killed while a send is on its way: the
// effect has happened, the answer has not come. What is left of the story must be as if nothing had happened.
describe(`Kill -9 in the middle of a send (seed ${seed})`, () => {
  const partner = new Partner();
  const connected = peopleNamed('Known', 10);
  const strangers = peopleNamed('New', 10);
  let endpointId: string;
  let fleet: Fleet;
  let product: Product;
  let playing: Promise<void>;

  beforeAll(async () => {
    console.log(`Kill -9: OVERTURE_SEED=${seed}`);
    ({ fleet, product } = await Fleet.start('faults', monday));
    await prepare();
    playing = product.time.advanceTo(plus(monday, playedMs));
    playing.catch(() => undefined);
  });

  async function prepare(): Promise<void> {
    await openStage(product, 'faults');
    const url = `http://127.0.0.1:${await partner.receiver.listen(0)}/overture`;
    const { endpoint, secret } = await product.api.post<{
      endpoint: { endpointId: string };
      secret: string;
    }>('webhook-endpoints', { url });
    partner.receiver.trust(secret);
    ({ endpointId } = endpoint);
    const maya = await addAccount(product, 'Maya', connected);
    const tomas = await addAccount(product, 'Tomas');
    await accustom(product, connected.slice(0, 3), { replyAfterMs: 20 * hourMs, replyTo: 2 });
    await accustom(product, strangers.slice(0, 7), { acceptAfterMs: 20 * hourMs });
    const eager = { acceptAfterMs: 30 * hourMs, replyAfterMs: 3 * hourMs };
    await accustom(product, strangers.slice(5, 7), eager);
    const known = { name: 'Known', type: 'messenger', by: maya, leads: connected } as const;
    const fresh = { name: 'New', type: 'connector', by: tomas, leads: strangers } as const;
    for (const campaign of [known, fresh])
      await launch(product, await makeCampaign(product, campaign));
  }

  /** Waits for the next effect whose answer is still on its way. */
  async function untilASendIsInFlight(): Promise<void> {
    const before = await effects();
    for (const action of writes) {
      await product.stage.post('faults', { kind: 'delay', ms: answerDelayMs, action, count: 1 });
    }
    const patience = { what: 'the next send', timeoutMs: 600_000, everyMs: 20 };
    await waitFor(async () => (await effects()) > before, patience);
  }

  async function effects(): Promise<number> {
    return (await product.stage.ledger()).filter(({ attemptId }) => attemptId !== null).length;
  }

  /** What a killed deliverer held comes free on real time, which may be after the last simulated day. */
  async function untilPartnerIsTold(): Promise<void> {
    const stats = () =>
      product.api.get<{ pending: number }>(`webhook-endpoints/${endpointId}/stats`);
    const told = async () => (await stats()).pending === 0;
    await waitFor(told, { what: 'the last webhook', timeoutMs: 600_000, everyMs: 200 });
  }

  /** Chance decides whether the answer comes before the kill, and what else is under way. */
  function pauseBefore(victim: string): Promise<unknown> {
    return sleep(seededBetween(`${seed}|${victim}`, 0, 400));
  }

  it.each(serviceNames)('survives the death of %s (P1, P3, P4)', async (victim) => {
    await untilASendIsInFlight();
    await pauseBefore(victim);
    await fleet.restart(victim);
  });

  it('survives the death of nats-server (P12)', async () => {
    await untilASendIsInFlight();
    await pauseBefore('nats-server');
    await fleet.servers.nats.kill();
    await sleep(300);
    await fleet.servers.nats.restart();
  });

  it('survives the loss of NATS with all it stored (P12)', async () => {
    await untilASendIsInFlight();
    await fleet.servers.nats.kill();
    await fleet.servers.nats.restart({ wipe: true });
  });

  it('survives the death of PostgreSQL (P1)', async () => {
    await untilASendIsInFlight();
    await pauseBefore('PostgreSQL');
    await fleet.servers.postgres.kill();
    await sleep(300);
    await fleet.servers.postgres.restart();
  });

  it('reaches the end with every promise kept, each step sent once (I1–I8, I10–I12, I16)', async () => {
    await playing;
    await untilPartnerIsTold();
    const log = await gather(product, partner.deliveries);
    expect(brokenPromises(log)).toEqual([]);
    const ends = log.histories.map(({ status }) => status);
    expect(countOf(ends)).toEqual({ completed: 12, expired: 3, replied: 5 });
    const effectKinds = log.happenings.filter(({ actionId }) => actionId).map(({ kind }) => kind);
    expect(countOf(effectKinds)).toEqual({ visit: 10, connect: 10, message: 44 });
  });
});

function countOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
