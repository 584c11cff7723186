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
  api = await apiOver([syncService]);
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

  it('with wrong input is refused, each field named', async () => {
    const answer = await put({ profile: 'wild', holidayRegion: 'Portugal', tier: 'gold' });
    expect(answer.status).toBe(422);
    expect((await put({ profile: 'wild' })).status).toBe(422);
  });
});
