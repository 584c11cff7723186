import { campaignService } from '@overture/campaign';
import { EdgesProvider } from '@overture/providers';
import { schedulerService } from '@overture/scheduler';
import { senderService } from '@overture/sender';
import { startService } from '@overture/service-kit';
import { simulatorService } from '@overture/simulator';
import { syncService } from '@overture/sync';
import { afterTests, freshDatabase, testNats, waitFor } from '@overture/testing';
import { apiOver, type Api } from './api.js';

const accountRef = '6f0c0000-0000-4000-8000-0000000000aa';
const edgesKey = 'a-key-for-tests';
const handles = ['grace-hopper', 'alan-kay', 'barbara-liskov'];
const address = (handle: string) => `https://www.linkedin.com/in/${handle}`;

let api: Api;
let edges: EdgesProvider;
let sim: (path: string, body?: object) => Promise<{ items: Record<string, unknown>[] }>;

beforeAll(async () => {
  const { services } = await freshDatabase([{ schema: 'simulator', sets: ['simulator'] }]);
  const simulator = await startService(simulatorService, {
    SIMULATOR_DATABASE_URL: services['simulator']!.databaseUrl,
    EDGES_API_KEY: edgesKey,
    NATS_URL: (await testNats()).url,
    LOG_LEVEL: 'silent',
  });
  const baseUrl = `${simulator.url}/edges/v1`;
  edges = new EdgesProvider({ baseUrl, apiKey: edgesKey });
  afterTests(async () => {
    await edges.close();
    await simulator.close();
  });
  sim = async (path, body) => {
    const answer = await fetch(`${simulator.url}/_sim/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    return (await answer.json()) as { items: Record<string, unknown>[] };
  };
  await sim('world', { seed: 'sightings', knobs: still });
  await sim('identities', { uid: accountRef, name: 'Maya Reyes' });
  const all = [syncService, schedulerService, campaignService, senderService];
  api = await apiOver(all, { EDGES_BASE_URL: baseUrl, EDGES_API_KEY: edgesKey });
});

// Nobody does anything by themselves, whoever they are.
const still = {
  acceptShare: 0,
  noteReplyShare: 0,
  replyShare: 0,
  writesFirstShare: 0,
  connectedShare: 0,
  goneShare: 0,
  messagingDisabledShare: 0,
  renamedShare: 0,
  noteQuota: true,
};

describe('What LinkedIn shows of an account (F014, F027, S4-26)', () => {
  it('stands with the identity: open invitations, InMail credits, notes left', async () => {
    for (const handle of handles) {
      await edges.connect({ accountRef, profileUrl: address(handle), note: 'Hello' });
    }
    const json = { name: 'Maya', accountRef, timeZone: 'Europe/Lisbon', tier: 'premium' };
    const { identityId } = await api.call<{ identityId: string }>('/v1/identities', { json });
    const seen = { pendingInvitations: 3, inmailCredits: 5, notesLeft: 2 };
    const shown = () => api.call<Partial<typeof seen>>(`/v1/identities/${identityId}`);
    await waitFor(async () => (await shown()).pendingInvitations === 3, { what: 'a sweep' });
    expect(await shown()).toMatchObject(seen);
  });

  it('decides how a lead begins: whoever is invited already is waited for (S4-32)', async () => {
    const { identities } = await api.call<{ identities: { identityId: string }[] }>(
      '/v1/identities',
    );
    const steps = [
      { kind: 'inmail', delayMs: 0, subject: 'A question', text: 'Dear {first_name}' },
      { kind: 'connect', delayMs: 0, text: '' },
      { kind: 'message', delayMs: 0, text: 'Thank you, {first_name}' },
    ];
    const { campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', {
      json: {
        name: 'Letters',
        type: 'connector',
        identityIds: [identities[0]?.identityId],
        sequence: { steps, acceptWithinDays: 21 },
        schedule: {
          windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
          holidays: 'work',
        },
      },
    });
    const leads = [
      { firstName: 'Grace', lastName: 'Hopper', linkedinUrl: address('grace-hopper') },
      { firstName: 'Ada', lastName: 'Vale', linkedinUrl: address('ada-vale') },
    ];
    await api.call(`/v1/campaigns/${campaignId}/leads`, { json: { leads } });
    await api.call(`/v1/campaigns/${campaignId}/launch`, { method: 'POST' });
    await waitFor(async () => (await sim('ledger?kind=inmail')).items.length === 1, {
      what: 'the InMail to whom nobody has invited',
    });
    expect((await sim('ledger?kind=inmail')).items).toMatchObject([
      { personKey: 'ada-vale', text: 'Dear Ada', details: { subject: 'A question' } },
    ]);
    const { leads: shown } = await api.call<{
      leads: { firstName: string; enrollments: { status: string }[] }[];
    }>(`/v1/leads?campaignId=${campaignId}`);
    const grace = shown.find(({ firstName }) => firstName === 'Grace');
    expect(grace?.enrollments[0]?.status).toBe('invited');
  });
});
