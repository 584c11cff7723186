import { connect, type NatsConnection } from '@nats-io/transport-node';
import { hourMs, instant, plus } from '@overture/kernel';
import { EdgesProvider } from '@overture/providers';
import { ClockDriver, startService, type RunningService } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats } from '@overture/testing';
import { simulatorService } from './simulator-service.js';

const startAt = instant('2026-03-02T09:00:00Z');
const identityUid = '6f0c0000-0000-4000-8000-000000000001';
const profileUrl = 'https://www.linkedin.com/in/grace-hopper';
const person = { accountRef: identityUid, profileUrl, deadlineMs: 3_000 };

describe('The simulator as a service', () => {
  let service: RunningService;
  let driver: ClockDriver;
  let connection: NatsConnection;
  let edges: EdgesProvider;

  beforeAll(async () => {
    const nats = await testNats();
    connection = await connect(nats.connectionOf('demo'));
    driver = new ClockDriver(connection, { services: ['simulator'], startAt });
    const { services } = await freshDatabase([{ schema: 'simulator', sets: ['simulator'] }]);
    service = await startService(simulatorService, {
      SIMULATOR_DATABASE_URL: services['simulator']!.databaseUrl,
      EDGES_API_KEY: 'key-one,key-two',
      NATS_URL: nats.url,
      CLOCK: 'virtual',
      LOG_LEVEL: 'silent',
    });
    edges = new EdgesProvider({ baseUrl: `${service.url}/edges/v1`, apiKey: 'key-two' });
    afterTests(async () => {
      await edges.close();
      await service.close();
      driver.stop();
      await connection.close();
    });
  });

  const sim = (path: string, body: object) =>
    fetch(`${service.url}/_sim/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const ledger = async () => {
    const answer = await (await fetch(`${service.url}/_sim/ledger`)).json();
    return (answer as { items: { kind: string; at: string }[] }).items;
  };

  it('lives on the shared virtual clock, also when its answers get lost', async () => {
    await sim('identities', { uid: identityUid, name: 'Ada Vale' });
    await sim('people', { people: [{ profileUrl, habits: { acceptAfterMs: hourMs } }] });
    for (const kind of ['reset-before', 'timeout-before', 'timeout-after']) {
      await sim('faults', { kind });
      expect(await edges.connect(person)).toMatchObject({ kind: 'unknown' });
    }
    // Time moves only when nobody works: a lost call that stayed in flight would stop it here.
    await driver.advanceTo(plus(startAt, 2 * hourMs));
    expect(await ledger()).toMatchObject([
      { kind: 'invite', at: startAt },
      { kind: 'accept', at: plus(startAt, hourMs) },
    ]);
  });

  it('says when it is ready', async () => {
    const ready = await fetch(`${service.url}/readyz`);
    expect(await ready.json()).toMatchObject({
      ready: true,
      checks: { database: 'ok', nats: 'ok' },
    });
  });

  it('tells a test what it did not understand', async () => {
    const answer = await sim('people', { people: [{ profileUrl, habits: { acceptsAfterMs: 1 } }] });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('acceptAfterMs'),
    ]);
  });
});
