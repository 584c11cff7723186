import { randomUUID } from 'node:crypto';
import type { DescMessage, DescMethodUnary, MessageInitShape } from '@bufbuild/protobuf';
import { ActionKind, CampaignService, CampaignType, TextService } from '@overture/contracts';
import { Activity, RpcClient } from '@overture/messaging';
import { startService } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats } from '@overture/testing';
import { connect } from '@nats-io/transport-node';
import { campaignService } from '../src/index.js';
import { person } from './world.js';

const tenantId = randomUUID();
let rpc: RpcClient;
let campaignId: string;
let leadId: string;

const call = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
) => rpc.call(method, request, { tenantId });

beforeAll(async () => {
  const [server, { services }] = await Promise.all([testNats(), freshDatabase(['campaign'])]);
  const nats = await connect({ servers: server.url });
  const running = await startService(campaignService, {
    CAMPAIGN_DATABASE_URL: services['campaign']!.databaseUrl,
    CAMPAIGN_MIGRATIONS_URL: services['campaign']!.migrationsUrl,
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
  await oneLeadOfACampaign();
});

async function oneLeadOfACampaign(): Promise<void> {
  const variants = [
    { id: 'a', text: 'Hi {first_name}', weight: 1 },
    { id: 'b', text: 'Hi {first_name}!!', weight: 3 },
  ];
  const steps = [
    { kind: ActionKind.MESSAGE, variants },
    { kind: ActionKind.MESSAGE, delayMs: 259_200_000n, text: 'Still at {custom.team}?' },
  ];
  const made = await call(CampaignService.method.createCampaign, {
    name: 'Texts',
    type: CampaignType.MESSENGER,
    identityIds: ['identity-1'],
    sequence: { steps },
  });
  campaignId = made.campaignId;
  const wanted = { campaignId, leads: [person('Ada')] };
  const { results } = await call(CampaignService.method.addLeads, wanted);
  leadId = results[0]!.leadId;
}

describe('Texts, asked for over NATS', () => {
  it('preview each step, with what it lacks (F066, F063)', async () => {
    const wanted = { campaignId, leadId, variant: 'b' };
    const preview = await call(TextService.method.previewCampaign, wanted);
    expect(preview).toMatchObject({
      sequenceVersion: 1,
      identityId: 'identity-1',
      sendable: false,
    });
    expect(preview.steps).toMatchObject([
      { kind: ActionKind.MESSAGE, variant: 'b', status: 'ready', text: 'Hi Ada!!', textLength: 8 },
      { status: 'refused', reason: 'text/missing-field', missingFields: ['custom.team'] },
    ]);
    expect(preview.warnings).toMatchObject([{ variant: 'b', position: 16, length: 2 }]);
  });

  it('list who lacks a field, which blocks the launch (F063)', async () => {
    const { leads } = await call(TextService.method.listMissingFields, { campaignId });
    expect(leads).toMatchObject([
      { leadId, name: 'Ada Vale', fields: ['custom.team'], stepIds: ['s2'] },
    ]);
    await expect(call(CampaignService.method.launchCampaign, { campaignId })).rejects.toMatchObject(
      {
        code: 'campaign/missing-fields',
        values: { total: 1, leads: [{ leadId, fields: ['custom.team'], stepIds: ['s2'] }] },
      },
    );
  });

  it('are read for what readers stumble over (F065)', async () => {
    const { warnings } = await call(TextService.method.lintCampaign, { campaignId });
    expect(warnings).toMatchObject([{ code: 'text/excess-punctuation', stepId: 's1', step: 0 }]);
  });

  it('have results for each variant (F067)', async () => {
    const { steps } = await call(TextService.method.getVariantResults, { campaignId });
    expect(steps).toMatchObject([
      { stepId: 's1', kind: ActionKind.MESSAGE, variants: [{ variant: 'a' }, { variant: 'b' }] },
    ]);
    expect(steps[0]!.variants[0]!.reply).toMatchObject({ rate: 0, low: 0, high: 1 });
  });

  it('are kept in a library (F017)', async () => {
    const wanted = {
      name: 'Hello',
      kind: ActionKind.INMAIL,
      subject: 'You',
      text: 'Hi {title|you}',
    };
    const made = await call(TextService.method.createTemplate, wanted);
    const { templateId } = made;
    expect(await call(TextService.method.getTemplate, { templateId })).toEqual(made);
    const changed = await call(TextService.method.updateTemplate, {
      templateId,
      text: 'Hi {title|}',
    });
    expect(changed).toMatchObject({ ...wanted, text: 'Hi {title|}', version: 2 });
    const { templates } = await call(TextService.method.listTemplates, { kind: ActionKind.INMAIL });
    expect(templates).toEqual([changed]);
    await call(TextService.method.deleteTemplate, { templateId });
    expect((await call(TextService.method.listTemplates, {})).templates).toEqual([]);
    const visit = { ...wanted, kind: ActionKind.VISIT };
    await expect(call(TextService.method.createTemplate, visit)).rejects.toMatchObject({
      code: 'input/invalid',
    });
  });
});
