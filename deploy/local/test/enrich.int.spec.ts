import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import type { Api } from './api.js';
import { startReading, type ReadingStage } from './reading-stage.js';

interface Enrichment {
  readonly enrichmentId: string;
  readonly status: string;
  readonly earliestEnd?: string;
}

let stage: ReadingStage;
let api: Api;
let driver: ReadingStage['driver'];
let sim: ReadingStage['sim'];
let accountRef: string;
let campaignId: string;
let identityId: string;

beforeAll(async () => {
  const knobs = { connectedShare: 0, goneShare: 0, renamedShare: 0, movedShare: 0 };
  stage = await startReading('profiles', knobs);
  ({ api, driver, sim } = stage);
});

beforeEach(async () => {
  ({ accountRef, campaignId, identityId } = await stage.newReader());
});

const addressOf = (name: string) => `https://www.linkedin.com/in/${name}`;

/** Leads of the campaign, with the job they had when somebody wrote the list. */
async function leads(...names: readonly string[]): Promise<string[]> {
  const all = names.map((name) => ({
    firstName: name,
    lastName: 'Vale',
    linkedinUrl: addressOf(name),
    companyName: 'Once & Before',
    title: 'Trainee',
  }));
  const path = `/v1/campaigns/${campaignId}/leads`;
  const { results } = await api.call<{ results: { leadId: string }[] }>(path, {
    json: { leads: all },
  });
  return results.map(({ leadId }) => leadId);
}

const show = ({ enrichmentId }: Enrichment) =>
  api.call<Enrichment>(`/v1/enrichments/${enrichmentId}`);
const enrich = (path: string, json: object = {}) =>
  api.call<Enrichment>(`${path}/enrich`, { json });
const lead = (leadId: string) => api.call<Record<string, unknown>>(`/v1/leads/${leadId}`);
const fix = (name: string, habits: object) =>
  sim('people', { people: [{ profileUrl: addressOf(name), habits }] });
const profiles = async () =>
  (await sim<{ items: object[] }>(`ledger?kind=profile&identityUid=${accountRef}`)).items;
const pass = (ms: number) => driver.advanceTo(plus(driver.now, ms));

describe('Enrichment over the API, with the pretend LinkedIn behind it (F050, S4-33)', () => {
  it('says what a campaign costs and when it ends, reads at the pace of a person, and counts', async () => {
    const [known = ''] = await leads('p1-a', 'p1-b', 'p1-c', 'p1-d');
    await enrich(`/v1/leads/${known}`);
    await pass(minuteMs);
    const begun = await enrich(`/v1/campaigns/${campaignId}`);
    expect(begun).toMatchObject({ status: 'reading', toRead: 3, fresh: 1 });
    expect(begun.earliestEnd).toBe(plus(driver.now, 2 * 20_000));
    await pass(10 * minuteMs);
    expect(await show(begun)).toMatchObject({
      status: 'ended',
      reason: 'complete',
      read: 3,
      renewed: 3,
      cost: 3,
    });
    expect(await profiles()).toHaveLength(4);
    expect(await api.call(`/v1/identities/${identityId}/reads`)).toMatchObject({
      budgets: [{ kind: 'search' }, { kind: 'profile', used: 4, limit: 80 }],
    });
    expect(await lead(known)).toMatchObject({ enrichedAt: expect.any(String) });
    expect((await lead(known))['companyName']).not.toBe('Once & Before');
  });

  it('brings the new company of who moved, and leaves what was written by hand', async () => {
    const [leadId = ''] = await leads('p2-a');
    await fix('p2-a', { movesAfterMs: 10 * dayMs });
    await enrich(`/v1/leads/${leadId}`);
    await pass(hourMs);
    const before = await lead(leadId);
    await api.call(`/v1/leads/${leadId}`, {
      method: 'PATCH',
      body: JSON.stringify({ title: 'Her Majesty' }),
      headers: { 'content-type': 'application/json' },
    });
    await pass(11 * dayMs);
    expect(await enrich(`/v1/leads/${leadId}`)).toMatchObject({ reason: 'fresh', fresh: 1 });
    await enrich(`/v1/leads/${leadId}`, { force: true });
    await pass(hourMs);
    const after = await lead(leadId);
    expect(after['title']).toBe('Her Majesty');
    expect(after['companyName']).not.toBe(before['companyName']);
    const history = await api.call<{ events: { type: string; data: object }[] }>(
      `/v1/leads/${leadId}/events`,
    );
    const enriched = history.events.filter(({ type }) => type === 'LeadEnriched');
    expect(enriched.map(({ data }) => data)).toMatchObject([
      { fields: ['companyName', 'title'], identityId },
      { fields: ['companyName'], identityId },
    ]);
  });

  it('finds who took another handle by the id, and says of whom nobody can open', async () => {
    const [renamed = '', gone = ''] = await leads('p3-a', 'p3-b');
    await fix('p3-a', { renamesAfterMs: dayMs });
    await fix('p3-b', { gone: true });
    const first = await enrich(`/v1/campaigns/${campaignId}`);
    await pass(hourMs);
    expect(await show(first)).toMatchObject({ read: 1, notAccessible: 1, cost: 1 });
    const { events } = await api.call<{ events: object[] }>(`/v1/leads/${gone}/events`);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'LeadNotEnriched',
        data: expect.objectContaining({ reason: 'not_accessible' }),
      }),
    );
    await pass(2 * dayMs);
    await enrich(`/v1/leads/${renamed}`, { force: true });
    await pass(hourMs);
    const { linkedinUrl } = await lead(renamed);
    expect(linkedinUrl).not.toBe(addressOf('p3-a'));
    expect(await profiles()).toHaveLength(2);
  });

  it('is eighty profiles a day, and goes on the day after by itself', async () => {
    await leads(...Array.from({ length: 82 }, (_, n) => `p4-${n}a`));
    const begun = await enrich(`/v1/campaigns/${campaignId}`);
    expect(begun.earliestEnd).toBe(plus(driver.now, dayMs + 20_000));
    await pass(2 * hourMs);
    expect(await show(begun)).toMatchObject({ status: 'reading', reason: 'budget', read: 80 });
    await pass(dayMs);
    expect(await show(begun)).toMatchObject({ reason: 'complete', read: 82, cost: 82 });
  });

  it('is cancelled by a person, and refused by its fields', async () => {
    await leads('p5-a', 'p5-b', 'p5-c');
    const begun = await enrich(`/v1/campaigns/${campaignId}`);
    const path = `/v1/enrichments/${begun.enrichmentId}/cancel`;
    expect(await api.call(path, { method: 'POST' })).toMatchObject({ reason: 'cancelled' });
    const read = (await profiles()).length;
    await pass(hourMs);
    expect((await profiles()).length).toBeLessThanOrEqual(Math.max(1, read));
    const refused = async (json: object) => {
      const answer = await api.send(`/v1/campaigns/${campaignId}/enrich`, { json });
      const { errors = [] } = (await answer.json()) as { errors?: { pointer: string }[] };
      return [answer.status, ...errors.map(({ pointer }) => pointer)];
    };
    expect(await refused({ staleAfterDays: 0 })).toEqual([422, '/staleAfterDays']);
    expect(await refused({ identityId: crypto.randomUUID() })).toEqual([422, '/identityId']);
    expect((await api.send(`/v1/enrichments/${crypto.randomUUID()}`)).status).toBe(404);
  });
});
