import { randomUUID } from 'node:crypto';
import {
  create,
  fromJsonString,
  toJsonString,
  type DescMessage,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import {
  ActionClaimedSchema,
  ActionKind,
  ActionPlannedSchema,
  AttemptAcceptedSchema,
  CampaignLaunchedSchema,
  CampaignSettingsChangedSchema,
  IdentityAddedSchema,
  IdentityPolicySetSchema,
  LoginExpiredSchema,
  SchedulerService,
  type ActionClaimed,
} from '@overture/contracts';
import { Activity, eventSubject, partitionOf, RpcClient } from '@overture/messaging';
import { startService } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats, waitFor } from '@overture/testing';
import { schedulerService } from '../src/index.js';

const tenantId = randomUUID();
const at = '2026-03-02T09:00:00.000Z';
const enrollmentId = randomUUID();
const actionId = `${enrollmentId}.1.0`;
const enrollment = { enrollmentId, campaignId: 'c-1', leadId: 'l-1', identityId: 'i-1' };
const schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
  // The service runs on the real clock, and today may be a holiday in Portugal.
  holidays: 'work',
};
const claims: ActionClaimed[] = [];
const seen = new Set<string>();
const options = { tenantId, deadlineMs: 60_000 };
let nats: NatsConnection;
let rpc: RpcClient;

beforeAll(async () => {
  const [server, { services }] = await Promise.all([testNats(), freshDatabase(['scheduler'])]);
  nats = await connect({ servers: server.url });
  const { databaseUrl, migrationsUrl } = services['scheduler']!;
  const running = await startService(schedulerService, {
    SCHEDULER_DATABASE_URL: databaseUrl,
    SCHEDULER_MIGRATIONS_URL: migrationsUrl,
    NATS_URL: server.url,
    LOG_LEVEL: 'fatal',
  });
  nats.subscribe('overture.event.scheduler.v1.ActionClaimed.*', {
    callback: (_error, message) => {
      const id = message.headers?.get('Nats-Msg-Id') ?? '';
      // What was not confirmed in time is published again.
      if (!seen.has(id)) claims.push(fromJsonString(ActionClaimedSchema, message.string()));
      seen.add(id);
    },
  });
  rpc = new RpcClient(nats, new Activity());
  afterTests(async () => {
    await running.close();
    await nats.close();
  });
});

let facts = 0;

/** A fact as its owner publishes it. */
async function state<S extends DescMessage>(
  schema: S,
  streamId: string,
  { version, event }: { version: number; event: MessageInitShape<S> },
): Promise<void> {
  const all = headers();
  const ids = { 'ce-id': `fact-${facts++}`, 'ce-type': schema.typeName, 'ce-subject': streamId };
  const rest = { 'ce-tenant': tenantId, 'ce-version': `${version}`, 'ce-position': `${facts}` };
  for (const [name, value] of Object.entries({ ...ids, ...rest, 'ce-time': at })) {
    all.set(name, value);
  }
  const subject = eventSubject(schema.typeName, partitionOf(tenantId, streamId));
  nats.publish(subject, toJsonString(schema, create(schema, event)), { headers: all });
  await nats.flush();
}

const budget = () =>
  rpc.call(SchedulerService.method.getIdentityBudget, { identityId: 'i-1' }, options);

describe('The service', () => {
  it('claims what campaign plans as soon as it may go, whatever came first', async () => {
    const kind = ActionKind.CONNECT;
    const plan = { enrollment, actionId, kind, notBefore: at, zone: 'Europe/Lisbon', priority: 20 };
    await state(ActionPlannedSchema, `enrollment-${enrollmentId}`, { version: 1, event: plan });
    await state(CampaignLaunchedSchema, 'campaign-c-1', {
      version: 1,
      event: { campaignId: 'c-1', schedule },
    });
    await state(IdentityAddedSchema, 'identity-i-1', {
      version: 1,
      event: { identityId: 'i-1', timeZone: 'Europe/Lisbon' },
    });
    await waitFor(() => claims[0], { what: 'the claim' });
    expect(claims).toMatchObject([{ actionId, epoch: 1, enrollment, kind }]);
  });

  it('answers what is used and what waits (F035)', async () => {
    const { kinds, gateOpen } = await budget();
    expect(gateOpen).toBe(true);
    const connect = kinds.find(({ kind }) => kind === ActionKind.CONNECT);
    expect(connect).toMatchObject({ used24h: 1, cap24h: 15, used7d: 1, waiting: 0 });
  });

  it('lists the claim until its outcome is known', async () => {
    const list = () =>
      rpc.call(SchedulerService.method.listTimetable, { campaignId: 'c-1' }, options);
    expect((await list()).entries).toMatchObject([{ actionId, status: 'claimed' }]);
    const attempt = { enrollment, actionId, epoch: 1, kind: ActionKind.CONNECT };
    await state(AttemptAcceptedSchema, `attempt-${actionId}`, {
      version: 1,
      event: { attempt, at },
    });
    await waitFor(async () => (await list()).entries.length === 0, { what: 'the outcome' });
  });

  it('explains what went by the decision in the log (F055, M1)', async () => {
    const explained = await rpc.call(SchedulerService.method.explainAction, { actionId }, options);
    expect(explained).toMatchObject({
      status: 'over',
      go: true,
      epoch: 1,
      kind: ActionKind.CONNECT,
    });
    expect(explained.rules.map(({ rule }) => rule)).toContain('cap_24h');
    const decisionJson = claims[0]?.decisionJson ?? '';
    expect(JSON.parse(decisionJson)).toMatchObject({ action: { kind: 'connect' } });
  });

  it("works by the identity's policy and the campaign's caps once they are set, and names its ramp (F025, F026, F029)", async () => {
    const policy = { profile: 'messenger', tier: 'classic', holidayRegion: 'PT' };
    const ramp = { ramp: 'recovery', rampStartedAt: new Date().toISOString() };
    await state(IdentityPolicySetSchema, 'identity-i-1', {
      version: 2,
      event: { identityId: 'i-1', ...policy, ...ramp, at },
    });
    await waitFor(async () => (await budget()).profile === 'messenger', { what: 'the policy' });
    const { kinds, ...answer } = await budget();
    expect(answer).toMatchObject({ ramp: 'recovery' });
    expect(kinds).toContainEqual(
      expect.objectContaining({ kind: ActionKind.CONNECT, cap24h: 2, boundBy24h: 'ramp' }),
    );
    const other = `${randomUUID()}.1.0`;
    await state(CampaignSettingsChangedSchema, 'campaign-c-1', {
      version: 2,
      event: { campaignId: 'c-1', settings: { dailyCaps: { connect: 1 } }, at },
    });
    const plan = { enrollment, actionId: other, kind: ActionKind.CONNECT, notBefore: at };
    await state(ActionPlannedSchema, `enrollment-${enrollmentId}`, { version: 2, event: plan });
    const explain = () =>
      rpc.call(SchedulerService.method.explainAction, { actionId: other }, options);
    const isPlanned = () =>
      explain().then(
        () => true,
        () => false,
      );
    await waitFor(isPlanned, { what: 'the plan' });
    expect((await explain()).status).toBe('waiting');
  });

  it('shuts the gate of an identity whose login is lost (S4-22)', async () => {
    await state(LoginExpiredSchema, 'identity-i-1', {
      version: 3,
      event: { identityId: 'i-1', generation: 1, at },
    });
    await waitFor(async () => !(await budget()).gateOpen, { what: 'the gate' });
    expect(await budget()).toMatchObject({ gateCause: 'auth_expired' });
  });

  it('has nothing due once all is claimed (S2-31)', async () => {
    const tick = await rpc.call(SchedulerService.method.processDueActions, {}, options);
    expect(tick).toMatchObject({ claimed: 0, lanesVisited: 0 });
  });

  it('knows no identity of another workspace (P10)', async () => {
    const asked = rpc.call(
      SchedulerService.method.getIdentityBudget,
      { identityId: 'i-1' },
      { ...options, tenantId: randomUUID() },
    );
    await expect(asked).rejects.toMatchObject({ code: 'identity/not-found' });
  });
});
