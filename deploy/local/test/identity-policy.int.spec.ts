import { campaignService } from '@overture/campaign';
import { syncService } from '@overture/sync';
import { waitFor } from '@overture/testing';
import { apiOver, type Api } from './api.js';

interface Entry {
  readonly action: string;
  readonly target: string;
  readonly status: number;
}

let api: Api;
let path: string;
let identityId: string;

beforeAll(async () => {
  api = await apiOver([syncService, campaignService]);
  const account = { name: 'Maya', provider: 'companion', accountRef: 'maya' };
  const json = { ...account, timeZone: 'Europe/Lisbon' };
  ({ identityId } = await api.call<{ identityId: string }>('/v1/identities', { json }));
  path = `/v1/identities/${identityId}/policy`;
});

const put = (policy: object) =>
  api.send(path, {
    method: 'PUT',
    body: JSON.stringify(policy),
    headers: { 'content-type': 'application/json' },
  });

describe('The policy of an identity over the API (F025, F026, F029, F036, F037)', () => {
  it('is the careful one until somebody sets another, and the identity shows it', async () => {
    expect(await api.call(`/v1/identities/${identityId}`)).toMatchObject({
      policy: { profile: 'conservative', tier: 'classic' },
    });
    const policy = {
      rampStartedAt: '2026-03-02T00:00:00.000Z',
      hours: { windows: [{ weekdays: [1, 2], from: '10:00', until: '16:00' }] },
      holidayRegion: 'PT',
    };
    const answer = await put(policy);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      policy: { ...policy, profile: 'conservative', tier: 'classic' },
    });
  });

  it('lets it do more only with the risk acknowledged, which the audit log keeps (F029, F130)', async () => {
    const refused = await put({ tier: 'sales_navigator' });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'identity-policy/raises-risk' });
    const raised = await put({ tier: 'sales_navigator', acknowledgeRisk: true });
    expect(await raised.json()).toMatchObject({ tier: 'sales_navigator' });
    const logged = async () => {
      const { entries } = await api.call<{ entries: Entry[] }>('/v1/audit-log?limit=20');
      return entries.filter(({ action }) => action.startsWith('PUT '));
    };
    await waitFor(async () => (await logged()).length === 3, { what: 'the audit log' });
    const [last, before] = await logged();
    expect(last).toMatchObject({ target: `${identityId} risk acknowledged`, status: 200 });
    expect(before).toMatchObject({ target: identityId, status: 409 });
  });

  it('begins again slowly after a restriction, from the day that is named (F026)', async () => {
    const rampStartedAt = new Date().toISOString();
    const recovery = await put({ ramp: 'recovery', rampStartedAt });
    expect(await recovery.json()).toMatchObject({ policy: { ramp: 'recovery', rampStartedAt } });
    const undated = await put({ ramp: 'recovery' });
    expect(undated.status).toBe(422);
    expect(await undated.json()).toMatchObject({ errors: [{ pointer: '/rampStartedAt' }] });
    expect((await put({ ramp: 'sprint', rampStartedAt })).status).toBe(422);
    // Back to all of it at once is a risk.
    expect((await put({})).status).toBe(409);
    expect((await put({ acknowledgeRisk: true })).status).toBe(200);
  });

  it('leaves it to the campaign whether an invitation waits for a note (F027, P20)', async () => {
    const sequence = { steps: [{ kind: 'connect', delayMs: 0, text: 'Hello {first_name}' }] };
    const json = { name: 'Patient', type: 'connector', identityIds: [identityId], sequence };
    const settings = { whenNotesUsedUp: 'wait' };
    const made = await api.call<{ campaignId: string }>('/v1/campaigns', {
      json: { ...json, settings },
    });
    const shown = () => api.call(`/v1/campaigns/${made.campaignId}`);
    expect(await shown()).toMatchObject({ settings });
    const wrong = { ...json, settings: { whenNotesUsedUp: 'complain' } };
    const answer = await api.send('/v1/campaigns', { json: wrong });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: '/settings/whenNotesUsedUp' }],
    });
  });

  it('with wrong input is refused, each field named', async () => {
    const answer = await put({ profile: 'wild', holidayRegion: 'Portugal', tier: 'gold' });
    expect(answer.status).toBe(422);
    expect((await put({ profile: 'wild' })).status).toBe(422);
  });

  it('tells the campaign how long a note may be: the tier decides (F027, F064)', async () => {
    const text = 'x'.repeat(250);
    const { campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', {
      json: {
        name: 'Notes',
        type: 'connector',
        identityIds: [identityId],
        sequence: { steps: [{ kind: 'connect', delayMs: 0, text }] },
      },
    });
    const person = { firstName: 'Ada', lastName: 'Vale' };
    const lead = { ...person, linkedinUrl: 'https://www.linkedin.com/in/ada-vale' };
    const added = await api.call<{ results: { leadId: string }[] }>(
      `/v1/campaigns/${campaignId}/leads`,
      { json: { leads: [lead] } },
    );
    const json = { leadId: added.results[0]?.leadId };
    const preview = () =>
      api.call<{ tier: string; sendable: boolean; steps: object[] }>(
        `/v1/campaigns/${campaignId}/preview`,
        { json },
      );
    const told = (tier: string) =>
      waitFor(async () => (await preview()).tier === tier, { what: `the tier ${tier}` });
    await told('sales_navigator');
    expect(await preview()).toMatchObject({ sendable: true, steps: [{ textLengthMax: 280 }] });
    await put({ tier: 'classic' });
    await told('classic');
    expect(await preview()).toMatchObject({ sendable: false, steps: [{ textLengthMax: 200 }] });
  });
});
