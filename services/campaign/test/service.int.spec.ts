import { randomUUID } from 'node:crypto';
import {
  create,
  toJsonString,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import {
  ActionKind,
  CampaignService,
  CampaignType,
  InvitationGoneSchema,
  LoginExpiredSchema,
  LoginRestoredSchema,
  ReplySeenSchema,
  SyncService,
} from '@overture/contracts';
import {
  Activity,
  commandSubject,
  eventSubject,
  partitionOf,
  RpcClient,
} from '@overture/messaging';
import { startService } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats, waitFor } from '@overture/testing';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { campaignService } from '../src/index.js';
import { person } from './world.js';

const tenantId = randomUUID();
const identityId = 'identity-1';
let nats: NatsConnection;
let rpc: RpcClient;

beforeAll(async () => {
  const [server, { services }] = await Promise.all([testNats(), freshDatabase(['campaign'])]);
  nats = await connect({ servers: server.url });
  answerForSync(nats);
  const { databaseUrl, migrationsUrl } = services['campaign']!;
  const running = await startService(campaignService, {
    CAMPAIGN_DATABASE_URL: databaseUrl,
    CAMPAIGN_MIGRATIONS_URL: migrationsUrl,
    NATS_URL: server.url,
    LOG_LEVEL: 'fatal',
    FINGERPRINT_KEY: 'test',
    SEAL_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  });
  rpc = new RpcClient(nats, new Activity());
  afterTests(async () => {
    await running.close();
    await nats.close();
  });
});

// Everybody is connected, unless a test says otherwise: what sync sees is for its own tests.
let relation = 'first_degree';
function answerForSync(connection: NatsConnection): void {
  connection.subscribe(commandSubject(SyncService.method.checkRelations), {
    callback: (_error, message) => {
      const { leads } = message.json<{ leads: { leadId: string }[] }>();
      const relations = leads.map(({ leadId }) => ({ leadId, relation }));
      message.respond(JSON.stringify({ relations }));
    },
  });
}

const call = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
) => rpc.call(method, request, { tenantId, deadlineMs: 60_000 });

let facts = 0;
async function state<S extends DescMessage>(
  schema: S,
  streamId: string,
  { version, event }: { version: number; event: MessageInitShape<S> },
) {
  const all = headers();
  const ids = { 'ce-id': `fact-${facts++}`, 'ce-type': schema.typeName, 'ce-subject': streamId };
  const rest = { 'ce-tenant': tenantId, 'ce-version': `${version}`, 'ce-position': `${facts}` };
  const times = { 'ce-time': '2026-03-02T10:00:00.000Z', 'ce-specversion': '1.0' };
  for (const [name, value] of Object.entries({ ...ids, ...rest, ...times })) all.set(name, value);
  const subject = eventSubject(schema.typeName, partitionOf(tenantId, streamId));
  await nats.request(subject, toJsonString(schema, create(schema, event)), {
    headers: all,
    timeout: 60_000,
  });
}

async function launchedLeads(names: readonly string[]) {
  const { campaignId } = await call(CampaignService.method.createCampaign, {
    name: 'Over NATS',
    type: CampaignType.MESSENGER,
    identityIds: [identityId],
    sequence: {
      steps: [
        { kind: ActionKind.MESSAGE, delayMs: 0n, text: 'Hello {first_name}' },
        { kind: ActionKind.MESSAGE, delayMs: 86_400_000n, text: 'Again' },
      ],
    },
    schedule: {
      windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
      fallbackZone: 'Etc/UTC',
    },
  });
  const leads = names.map((name) => person(name));
  const { results } = await call(CampaignService.method.addLeads, { campaignId, leads });
  const report = await call(CampaignService.method.launchCampaign, { campaignId });
  return { campaignId, report, leadIds: results.map(({ leadId }) => leadId) };
}

const leadOf = (leadId: string) => call(CampaignService.method.getLead, { leadId });

async function untilStatus(leadId: string, status: string) {
  await waitFor(async () => (await leadOf(leadId)).enrollments[0]?.status === status, {
    what: `status ${status}`,
  });
}

describe('The campaign service over NATS', () => {
  it('creates, adds, launches and authorises', async () => {
    const { report, leadIds } = await launchedLeads(['Ada', 'Bo']);
    expect(report).toMatchObject({ queued: 2, skipped: 0, errors: 0, totalMessages: 4 });
    const lead = await leadOf(leadIds[0]!);
    expect(lead.enrollments[0]?.legacyStatus).toEqual({ job: 'PENDING', prospect: 'connected' });
    const answer = await call(CampaignService.method.intendAction, {
      enrollmentId: lead.enrollments[0]!.enrollmentId,
      actionId: lead.enrollments[0]!.nextActionId,
      epoch: 1,
      syncedAt: new Date().toISOString(),
      relation: 'first_degree',
    });
    expect(answer).toMatchObject({ text: 'Hello Ada', kind: ActionKind.MESSAGE });
  });

  it('refuses in the words of its rules', async () => {
    const wrong = call(CampaignService.method.createCampaign, {
      name: '',
      sequence: { steps: [] },
    });
    await expect(wrong).rejects.toMatchObject({ code: 'input/invalid' });
    const unknown = call(CampaignService.method.getCampaign, { campaignId: 'nobody' });
    await expect(unknown).rejects.toMatchObject({ code: 'campaign/not-found' });
  });

  it('stops at a reply that sync saw (F084)', async () => {
    const { leadIds } = await launchedLeads(['Cara']);
    const leadId = leadIds[0]!;
    const event = {
      identityId,
      leadId,
      messageId: 'm-1',
      sentAt: '2026-03-02T09:59:00.000Z',
      witness: 'sync',
      at: '2026-03-02T10:00:00.000Z',
    };
    await state(ReplySeenSchema, `relation-${identityId}.${leadId}`, { version: 1, event });
    await untilStatus(leadId, 'replied');
  });

  it('no longer waits for the answer to an invitation that is gone (F014)', async () => {
    relation = 'pending';
    const { campaignId } = await call(CampaignService.method.createCampaign, {
      name: 'Invited',
      type: CampaignType.CONNECTOR,
      identityIds: [identityId],
      sequence: {
        steps: [
          { kind: ActionKind.CONNECT, delayMs: 0n, text: '' },
          { kind: ActionKind.MESSAGE, delayMs: 0n, text: 'Thanks' },
        ],
      },
    });
    const leads = [person('Gone')];
    const { results } = await call(CampaignService.method.addLeads, { campaignId, leads });
    const { leadId } = results[0]!;
    await call(CampaignService.method.launchCampaign, { campaignId });
    relation = 'first_degree';
    await untilStatus(leadId, 'invited');
    const event = {
      identityId,
      leadId,
      sentAt: '2026-03-01T10:00:00.000Z',
      reinviteLockedUntil: '2026-03-23T10:00:00.000Z',
      witness: 'sent_invitations',
      at: '2026-03-02T10:00:00.000Z',
    };
    await state(InvitationGoneSchema, `relation-${identityId}.${leadId}`, { version: 1, event });
    await untilStatus(leadId, 'expired');
    const { enrollments } = await leadOf(leadId);
    expect(enrollments[0]).toMatchObject({ reason: 'invitation_gone' });
  });

  it('pauses the leads of a lost login and resumes them (F097)', async () => {
    const { leadIds } = await launchedLeads(['Dora', 'Eli']);
    const fact = (generation: number) => ({ identityId, generation, witness: 'sync', at: '' });
    const stream = `identity-${identityId}`;
    await state(LoginExpiredSchema, stream, { version: 1, event: fact(1) });
    await untilStatus(leadIds[1]!, 'paused');
    await state(LoginRestoredSchema, stream, { version: 2, event: fact(2) });
    await untilStatus(leadIds[1]!, 'ready_to_message');
  });

  it('imports a file and commits it by itself', async () => {
    const { importId } = await call(CampaignService.method.startImport, { fileName: 'a.csv' });
    const rows = ['Fay', 'Gil', 'Fay'].map((name, index) => ({
      row: index + 2,
      lead: person(name),
    }));
    const { rows: verdicts } = await call(CampaignService.method.appendImportRows, {
      importId,
      batch: 0,
      rows,
    });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual([
      'importable',
      'importable',
      'duplicate',
    ]);
    await call(CampaignService.method.finishImport, { importId });
    await call(CampaignService.method.commitImport, { importId });
    const committed = await waitFor(async () => {
      const found = await call(CampaignService.method.getImport, { importId });
      return found.status === 'committed' && found;
    });
    expect(committed).toMatchObject({ imported: 2, duplicates: 1, rejected: 0 });
  });

  it('publishes every fact with whom it is about (P3)', async () => {
    const seen = new Map<string, { type: string; body: { enrollment?: { leadId?: string } } }>();
    const subscription = nats.subscribe('overture.event.campaign.v1.>', {
      callback: (_error, message) => {
        // By its id: what was not confirmed in time is published again.
        const id = message.headers?.get('Nats-Msg-Id') ?? '';
        seen.set(id, { type: message.subject.split('.')[4]!, body: message.json() });
      },
    });
    await nats.flush();
    const { leadIds } = await launchedLeads(['Halcyon']);
    const all = () => [...seen.values()];
    const own = () =>
      all()
        .filter(({ body }) => body.enrollment?.leadId === leadIds[0])
        .map(({ type }) => type);
    const launched = () => all().some(({ type }) => type === 'CampaignLaunched');
    await waitFor(() => launched() && own().includes('ActionPlanned'), { what: 'ActionPlanned' });
    subscription.unsubscribe();
    expect(own()).toEqual(['LeadEnrolled', 'RelationChecked', 'SequencePlanned', 'ActionPlanned']);
    expect(JSON.stringify(all())).not.toMatch(/halcyon|hello/i);
  });
});
