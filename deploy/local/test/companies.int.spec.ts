import { campaignService } from '@overture/campaign';
import { waitFor } from '@overture/testing';
import { apiOver, type Api } from './api.js';

const sequence = { steps: [{ kind: 'message', text: 'Hello {first_name}' }] };
const campaign = { name: 'Acme', type: 'messenger', identityIds: ['identity-1'], sequence };
const company = { cap: { people: 1, days: 7 }, stopColleaguesOnReply: true };
const person = (name: string, companyName: string) => {
  const linkedinUrl = `https://www.linkedin.com/in/${name.toLowerCase()}-vale`;
  return { firstName: name, lastName: 'Vale', linkedinUrl, companyName };
};

interface Shown {
  readonly leadId: string;
  readonly firstName: string;
  readonly enrollments: readonly { readonly status: string; readonly reason?: string }[];
}

let api: Api;
let campaignId: string;

beforeAll(async () => {
  api = await apiOver([campaignService]);
});

const leads = async () => (await api.call<{ leads: Shown[] }>('/v1/leads')).leads;
const leadNamed = async (name: string) => (await leads()).find((each) => each.firstName === name);

async function standings(names: readonly string[]): Promise<string[]> {
  const all = await leads();
  return names.map((name) => {
    const lead = all.find(({ firstName }) => firstName === name);
    const { status, reason } = lead?.enrollments[0] ?? {};
    return status === 'stopped' ? `${status}: ${reason}` : `${status}`;
  });
}

const until = (names: readonly string[], wanted: readonly string[]) =>
  waitFor(async () => (await standings(names)).join() === wanted.join(), {
    what: `${names.join()} to be ${wanted.join()}`,
  });

describe('People who work at the same company, over the API (F034)', () => {
  it('are treated as a campaign asks, and what means nothing is refused by name (F034)', async () => {
    const wrong = { company: { cap: { people: 0, days: 'week' }, stopColleaguesOnReply: 'yes' } };
    const refused = await api.send('/v1/campaigns', { json: { ...campaign, settings: wrong } });
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: { pointer: string }[] };
    expect([...new Set(errors.map(({ pointer }) => pointer))].toSorted()).toEqual([
      '/settings/company/cap/days',
      '/settings/company/cap/people',
      '/settings/company/stopColleaguesOnReply',
    ]);
    expect((await api.call<{ campaigns: object[] }>('/v1/campaigns')).campaigns).toEqual([]);
    const json = { ...campaign, settings: { company } };
    ({ campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', { json }));
    expect(await api.call(`/v1/campaigns/${campaignId}`)).toMatchObject({ settings: { company } });
  });

  it('hear no more once one of them has answered, until the reply is corrected (F034, M14)', async () => {
    const people = [person('Ada', 'Acme'), person('Ben', 'ACME Inc.'), person('Dan', 'Other')];
    await api.call(`/v1/campaigns/${campaignId}/leads`, { json: { leads: people } });
    const ada = await leadNamed('Ada');
    const names = ['Ada', 'Ben', 'Dan'];
    const before = await standings(names);
    await api.call(`/v1/leads/${ada?.leadId}/simulate-reply`, { method: 'POST' });
    await until(names, ['replied', 'stopped: colleague_replied', before[2] ?? '']);
    const ben = await leadNamed('Ben');
    const explained = await api.call<{ enrollments: { lead: { remedy: string } }[] }>(
      `/v1/leads/${ben?.leadId}/explain`,
    );
    expect(explained.enrollments[0]?.lead.remedy).toContain('the same company answered');
    const json = { reason: 'an out-of-office note' };
    await api.call(`/v1/leads/${ada?.leadId}/corrections/reply`, { json });
    await until(names, before);
  });
});
