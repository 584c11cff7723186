import { connect } from '@nats-io/transport-node';
import { campaignService } from '@overture/campaign';
import { instant } from '@overture/kernel';
import { ClockDriver, startService } from '@overture/service-kit';
import { simulatorService } from '@overture/simulator';
import { syncService } from '@overture/sync';
import { afterTests, freshDatabase, testNats } from '@overture/testing';
import { apiOver, type Api } from './api.js';

const startAt = instant('2026-03-02T09:00:00Z');
const edgesKey = 'a-key-for-tests';

/** An account of its own, and a campaign that it sends for. */
export interface Reader {
  readonly accountRef: string;
  readonly identityId: string;
  readonly campaignId: string;
}

export interface ReadingStage {
  readonly api: Api;
  readonly driver: ClockDriver;
  /** The simulator behind its own door: a GET, or a POST of the body. */
  sim<T>(path: string, body?: object): Promise<T>;
  newReader(): Promise<Reader>;
}

/** Gateway, campaign and sync over the pretend LinkedIn of this seed, on the virtual clock. */
export async function startReading(seed: string, knobs: object): Promise<ReadingStage> {
  const nats = await testNats();
  const connection = await connect(nats.connectionOf('demo'));
  const services = ['simulator', 'sync', 'campaign', 'gateway'];
  const driver = new ClockDriver(connection, { services, startAt });
  const simulator = await startSimulator(nats.url);
  afterTests(async () => {
    await simulator.close();
    driver.stop();
    await connection.close();
  });
  const sim = async <T>(path: string, body?: object) => {
    const answer = await fetch(`${simulator.url}/_sim/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    return (await answer.json()) as T;
  };
  await sim('world', { seed, startAt, knobs });
  const api = await apiOver([syncService, campaignService], {
    NATS_URL: nats.url,
    CLOCK: 'virtual',
    EDGES_BASE_URL: `${simulator.url}/edges/v1`,
    EDGES_API_KEY: edgesKey,
  });
  const newReader = async () => {
    const accountRef = crypto.randomUUID();
    await sim('identities', { uid: accountRef, name: 'Maya Reyes' });
    return { accountRef, ...(await addReader(api, accountRef)) };
  };
  return { api, driver, sim, newReader };
}

async function startSimulator(natsUrl: string) {
  const { services } = await freshDatabase([{ schema: 'simulator', sets: ['simulator'] }]);
  return startService(simulatorService, {
    SIMULATOR_DATABASE_URL: services['simulator']!.databaseUrl,
    EDGES_API_KEY: edgesKey,
    NATS_URL: natsUrl,
    CLOCK: 'virtual',
    LOG_LEVEL: 'silent',
  });
}

async function addReader(api: Api, accountRef: string) {
  const account = { name: 'Maya', accountRef, timeZone: 'Europe/Lisbon' };
  const { identityId } = await api.call<{ identityId: string }>('/v1/identities', {
    json: account,
  });
  const sequence = { steps: [{ kind: 'connect', delayMs: 0, text: '' }] };
  const campaign = { name: 'Readers', type: 'connector', identityIds: [identityId], sequence };
  const { campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', {
    json: campaign,
  });
  return { identityId, campaignId };
}
