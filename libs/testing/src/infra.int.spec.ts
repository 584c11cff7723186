import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { Client } from 'pg';
import { natsData } from '../../../tools/lib/nats-config.mjs';
import { emptyDatabase, freshDatabase, testNats, testPostgres, withClient } from './index.js';

describe('The servers of a test', () => {
  it('are a real PostgreSQL that loses no committed row in a crash (P12)', async () => {
    const client = new Client({ connectionString: await testPostgres() });
    await client.connect();
    const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
    const settings = await client.query(
      'select name, setting from pg_settings where name = any($1)',
      [names],
    );
    expect(settings.rows.map(({ setting }) => setting)).toEqual(['on', 'on', 'on']);
    await client.end();
  });

  it('are a nats-server of this file alone, with the event stream of deploy/nats', async () => {
    const nats = await testNats({ secured: true });
    const connection = await connect(nats.connectionOf('campaign'));
    expect(connection.info?.server_name).toBe(nats.name);
    const { streams } = await jetstreamManager(connection, { checkAPI: false });
    const { config } = await streams.add(natsData().stream);
    expect(config.subjects).toEqual(['overture.event.>']);
    await connection.close();
  });

  it('include databases whose service role owns nothing and may become its worker only (P10)', async () => {
    const { services } = await emptyDatabase(['probe', 'other']);
    const app = new Client({ connectionString: services['probe']!.databaseUrl });
    await app.connect();
    const may = async (statement: string) =>
      app.query(statement).then(
        () => 'allowed',
        (error: Error) => error.message,
      );
    expect(await may('create table probe.mine (id text)')).toMatch(/permission denied/);
    expect(await may('set role probe_worker')).toBe('allowed');
    expect(await may('reset role; set role other_worker')).toMatch(/permission denied/);
    await app.end();
  });

  it('include migrated databases, copies of one template', async () => {
    const schemas = [{ schema: 'probe', sets: ['event-store'] }];
    const [one, two] = await Promise.all([freshDatabase(schemas), freshDatabase(schemas)]);
    expect(one.name).not.toBe(two.name);
    for (const { services } of [one, two]) {
      const { databaseUrl } = services['probe']!;
      const rows = await withClient(databaseUrl, (client) =>
        client.query('select count(*)::int as events from probe.events'),
      );
      expect(rows.rows).toEqual([{ events: 0 }]);
    }
  });
});
