import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { testNats, type TestNats } from '@overture/testing';
import { natsData } from '../../../tools/lib/nats-config.mjs';

// Every service has a NATS user of its own that may do what deploy/nats says and no more (P10).
describe('A service at NATS', () => {
  let nats: TestNats;
  let admin: NatsConnection;
  let campaign: NatsConnection;

  beforeAll(async () => {
    nats = await testNats({ secured: true });
    admin = await connect(nats.connectionOf('admin'));
    campaign = await connect(nats.connectionOf('campaign'));
    const manager = await jetstreamManager(campaign, { checkAPI: false });
    await manager.streams.add(natsData().stream);
  });

  afterAll(() => Promise.all([admin.close(), campaign.close()]));

  it('publishes facts of its own context only', async () => {
    const stream = jetstream(campaign);
    const subject = (context: string) => `overture.event.${context}.v1.Probe.07`;
    expect((await stream.publish(subject('campaign'))).stream).toBe('OVERTURE_EVENTS');
    await expect(stream.publish(subject('sync'))).rejects.toThrow(/permission/i);
  });

  it('calls the services it needs, asks every service about itself, and nothing else', async () => {
    const answering = admin.subscribe('overture.command.>', {
      callback: (_error, message) => void message.respond('yes'),
    });
    await admin.flush();
    const ask = (subject: string) => campaign.request(subject, '', { timeout: 60_000 });
    expect((await ask('overture.command.sync.v1.Probe')).string()).toBe('yes');
    expect((await ask('overture.command.sender.ops.v1.Probe')).string()).toBe('yes');
    await expect(ask('overture.command.sender.v1.Probe')).rejects.toThrow(/permission/i);
    answering.unsubscribe();
  });

  it('answers its own commands', async () => {
    campaign.subscribe('overture.command.campaign.v1.Probe', {
      queue: 'campaign',
      callback: (_error, message) => void message.respond('done'),
    });
    await campaign.flush();
    const answer = await admin.request('overture.command.campaign.v1.Probe');
    expect(answer.string()).toBe('done');
  });

  it("hears no other service's commands, facts or replies", async () => {
    for (const subject of [
      'overture.command.sync.v1.Probe',
      'overture.event.>',
      '_INBOX_sync.>',
      '>',
    ]) {
      expect(await problemOfSubscribing(campaign, subject)).toMatch(/permission/i);
    }
  });

  it('follows events through its own durables, and touches no other', async () => {
    const manager = await jetstreamManager(campaign, { checkAPI: false });
    const consumer = (durable: string) => ({
      durable_name: durable,
      filter_subject: 'overture.event.*.v1.*.07',
      ack_policy: AckPolicy.Explicit,
    });
    await manager.consumers.add('OVERTURE_EVENTS', consumer('campaign-p07'));
    const own = await jetstream(campaign).consumers.get('OVERTURE_EVENTS', 'campaign-p07');
    const message = await own.next({ expires: 60_000 });
    expect(message?.subject).toBe('overture.event.campaign.v1.Probe.07');
    expect(await message?.ackAck()).toBe(true);
    const foreign = manager.consumers.add('OVERTURE_EVENTS', consumer('sync-p07'));
    await expect(foreign).rejects.toThrow(/permission/i);
    const removal = manager.streams.delete('OVERTURE_EVENTS');
    await expect(removal).rejects.toThrow(/permission/i);
  });

  it('is refused with a wrong password, and without one', async () => {
    const { servers, user } = nats.connectionOf('campaign');
    await expect(connect({ servers, user: user!, pass: 'wrong' })).rejects.toThrow(
      /authorization/i,
    );
    await expect(connect({ servers })).rejects.toThrow(/authorization/i);
  });
});

function problemOfSubscribing(connection: NatsConnection, subject: string): Promise<string> {
  return new Promise((resolve) => {
    connection.subscribe(subject, {
      callback: (error) => resolve(error ? error.message : 'a message'),
    });
  });
}
