import { connect } from '@nats-io/transport-node';
import { create } from '@bufbuild/protobuf';
import { OpsService, ReadStreamResponseSchema, type ReadStreamRequest } from '@overture/contracts';
import { DomainError, InvalidInputError, NotFoundError, TransientError } from '@overture/kernel';
import { afterTests, testNats, waitFor } from '@overture/testing';
import { Activity } from '../src/activity.js';
import type { CommandContext } from '../src/contexts.js';
import { RpcClient } from '../src/rpc-client.js';
import { RpcServer } from '../src/rpc-server.js';
import './bed.js';

const method = OpsService.method.readStream;
const subject = 'overture.command.campaign.ops.v1.ReadStream';
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

type Handle = (request: ReadStreamRequest, context: CommandContext) => Promise<object>;

async function connected(handle: Handle) {
  const nats = await testNats({ secured: true });
  const [serving, calling] = await Promise.all(
    ['campaign', 'sender'].map((user) => connect(nats.connectionOf(user))),
  );
  if (!serving || !calling) throw new Error('No connection.');
  afterTests(async () => void (await Promise.all([serving.close(), calling.close()])));
  const activity = new Activity();
  const server = new RpcServer('campaign', serving, activity);
  server.serve({ subject, method, handle: handle as never });
  await serving.flush();
  const client = new RpcClient(calling, new Activity());
  const call = (deadlineMs = 60_000) =>
    client.callSubject(subject, method, {
      request: { streamId: 'enrollment-1', fromVersion: 2 },
      options: { tenantId: 'tenant-1', deadlineMs, meta: { correlationId: 'c-1', traceparent } },
    });
  return { call, server, activity, client, calling };
}

describe('A call', () => {
  it('carries the request, tenant, cause and trace, and brings the response', async () => {
    const heard: unknown[] = [];
    const { call } = await connected(async (request, { tenantId, meta }) => {
      heard.push([request.streamId, request.fromVersion, tenantId, meta]);
      return { messages: [{ bodyJson: '{}', headers: { a: 'b' } }] };
    });
    const response = await call();
    expect(response.messages).toMatchObject([{ bodyJson: '{}', headers: { a: 'b' } }]);
    expect(heard).toMatchObject([
      ['enrollment-1', 2, 'tenant-1', { correlationId: 'c-1', traceparent }],
    ]);
  });

  it.each([
    new DomainError('gate/closed', 'The campaign is paused.', { campaignId: 'c-1' }),
    new NotFoundError('campaign', 'c-2'),
    new InvalidInputError([{ path: '/name', message: 'is too long' }]),
    new TransientError('The database is away.'),
  ])('throws here what was thrown there: $name', async (thrown) => {
    const { call } = await connected(async () => {
      throw thrown;
    });
    const caught = await call().catch((error: unknown) => error);
    expect(caught).toBeInstanceOf(thrown.constructor);
    expect(caught).toMatchObject({ ...thrown, message: thrown.message });
  });

  it('tells nothing of a bug but that there is one', async () => {
    const { call } = await connected(async () => {
      throw new TypeError('secret inside');
    });
    const caught = (await call().catch((error: unknown) => error)) as Error;
    expect(caught).not.toBeInstanceOf(DomainError);
    expect(caught).not.toBeInstanceOf(TransientError);
    expect(caught.message).not.toContain('secret');
  });

  it('ends at its deadline, whatever the other side does', async () => {
    const { call } = await connected(() => new Promise(() => undefined));
    const late = call(200);
    await expect(late).rejects.toThrow(TransientError);
    await expect(late).rejects.toThrow('within 200 ms');
  });

  it('fails at once when nobody serves it', async () => {
    const { client } = await connected(async () => ({}));
    const elsewhere = client.callSubject('overture.command.sync.v1.Nothing', method, {
      request: {},
      options: { tenantId: 'tenant-1', deadlineMs: 60_000 },
    });
    await expect(elsewhere).rejects.toThrow('Nobody answers');
  });

  it('with a body that is no request is refused as invalid', async () => {
    const { calling } = await connected(async () => ({}));
    const answer = await calling.request(subject, '{"limit":"many"}', { timeout: 60_000 });
    expect(answer.headers?.get('overture-problem')).toBe('invalid-input');
  });

  it('in flight is finished before the server stops, and counts as work', async () => {
    let finish: () => void = () => undefined;
    const { call, server, activity } = await connected(
      () => new Promise((resolve) => (finish = () => resolve(create(ReadStreamResponseSchema)))),
    );
    const calling = call();
    await waitFor(() => activity.report().busy === 1, { what: 'the call to be in flight' });
    const stopping = server.stop();
    finish();
    await expect(calling).resolves.toBeDefined();
    await stopping;
    expect(activity.report().busy).toBe(0);
    await expect(call(300)).rejects.toThrow(TransientError);
  });

  it('may be answered by its own service only, as NATS itself sees to (P10)', async () => {
    const { calling } = await connected(async () => ({}));
    const subscription = calling.subscribe(subject);
    await expect(subscription.closed).resolves.toMatchObject({ name: 'PermissionViolationError' });
  });
});
