import { connect } from '@nats-io/transport-node';
import { campaignService } from '@overture/campaign';
import { hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { ClockDriver, startService } from '@overture/service-kit';
import { simulatorService } from '@overture/simulator';
import { syncService } from '@overture/sync';
import { afterTests, freshDatabase, testNats, waitFor } from '@overture/testing';
import { apiOver, type Api } from './api.js';

const startAt = instant('2026-03-02T09:00:00Z');
const edgesKey = 'a-key-for-tests';
const url = (words: string) =>
  `https://www.linkedin.com/search/results/people/?keywords=${encodeURIComponent(words)}`;

interface Search {
  readonly searchId: string;
  readonly status: string;
  readonly reason?: string;
  readonly nextAt?: string;
  readonly pages?: number;
  readonly people?: number;
  readonly importable?: number;
  readonly rejected?: number;
  readonly importStatus: string;
}

interface Page {
  readonly kind: string;
  readonly details: { readonly people: number };
}

let api: Api;
let driver: ClockDriver;
let accountRef: string;
let campaignId: string;
let identityId: string;
let sim: <T>(path: string, body?: object) => Promise<T>;

beforeAll(async () => {
  const nats = await testNats();
  const connection = await connect(nats.connectionOf('demo'));
  const services = ['simulator', 'sync', 'campaign', 'gateway'];
  driver = new ClockDriver(connection, { services, startAt });
  const database = await freshDatabase([{ schema: 'simulator', sets: ['simulator'] }]);
  const simulator = await startService(simulatorService, {
    SIMULATOR_DATABASE_URL: database.services['simulator']!.databaseUrl,
    EDGES_API_KEY: edgesKey,
    NATS_URL: nats.url,
    CLOCK: 'virtual',
    LOG_LEVEL: 'silent',
  });
  afterTests(async () => {
    await simulator.close();
    driver.stop();
    await connection.close();
  });
  sim = async (path, body) => {
    const answer = await fetch(`${simulator.url}/_sim/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    return (await answer.json()) as never;
  };
  // Every search finds 27 people.
  const knobs = { searchHits: [27, 27], searchHiddenShare: 0.1, connectedShare: 0, goneShare: 0 };
  await sim('world', { seed: 'searches', startAt, knobs });
  api = await apiOver([syncService, campaignService], {
    NATS_URL: nats.url,
    CLOCK: 'virtual',
    EDGES_BASE_URL: `${simulator.url}/edges/v1`,
    EDGES_API_KEY: edgesKey,
  });
});

/** An account of its own, and a campaign for whom it finds. */
beforeEach(async () => {
  accountRef = crypto.randomUUID();
  await sim('identities', { uid: accountRef, name: 'Maya Reyes' });
  const account = { name: 'Maya', accountRef, timeZone: 'Europe/Lisbon' };
  ({ identityId } = await api.call<{ identityId: string }>('/v1/identities', { json: account }));
  const sequence = { steps: [{ kind: 'connect', delayMs: 0, text: '' }] };
  const campaign = { name: 'Found', type: 'connector', identityIds: [identityId], sequence };
  ({ campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', { json: campaign }));
});

/** The next page but one meets this. */
const goesWrong = (kind: string, more: object = {}) =>
  sim('faults', {
    kind,
    identityUid: accountRef,
    action: 'linkedin-search-people',
    afterCalls: 1,
    ...more,
  });
const pages = async () =>
  (await sim<{ items: Page[] }>(`ledger?kind=search&identityUid=${accountRef}`)).items;
const searches = () => `/v1/campaigns/${campaignId}/searches`;
const show = ({ searchId }: Search) => api.call<Search>(`${searches()}/${searchId}`);
const begin = (words: string, more: object = {}) => {
  const json = { identityId, searchUrl: url(words), maxLeads: 100, ...more };
  return api.call<Search>(searches(), { json });
};
const firstPage = (search: Search) =>
  waitFor(async () => (await show(search)).pages === 1, { what: 'the first page' });

describe('A people search over the API, with the pretend LinkedIn behind it (F051, S4-11, S4-64)', () => {
  it('fills an import in the background, shows how far it is, and becomes leads as a whole', async () => {
    const search = await begin('head of sales');
    expect(search).toMatchObject({ status: 'reading', importStatus: 'receiving' });
    await firstPage(search);
    expect(await show(search)).toMatchObject({ status: 'reading', reason: 'pace', people: 10 });
    await driver.advanceTo(plus(driver.now, 10 * minuteMs));

    const ended = await show(search);
    expect(ended).toMatchObject({ status: 'ended', reason: 'complete', pages: 4, people: 27 });
    // Pages repeat the end of the one before: LinkedIn showed more rows than there are people.
    const shown = (await pages()).map(({ details }) => details.people);
    expect(shown).toEqual([10, 10, 10, 3]);
    const { importable = 0, rejected = 0 } = ended;
    expect(importable + rejected).toBe(27);
    expect(rejected).toBeGreaterThan(0);

    const path = `/v1/imports/${search.searchId}`;
    const { rows } = await api.call<{ rows: object[] }>(`${path}/rows?verdict=rejected`);
    expect(rows).toHaveLength(rejected);
    expect(rows[0]).toMatchObject({ reason: 'LinkedIn does not show this identity who it is.' });
    await api.call(`${path}/commit`, { method: 'POST' });
    await waitFor(async () => (await show(search)).importStatus === 'committed');
    const { leads } = await api.call<{ leads: { leadId: string }[] }>(
      `/v1/leads?campaignId=${campaignId}&limit=100`,
    );
    expect(leads).toHaveLength(importable);
    const lead = await api.call<Record<string, unknown>>(`/v1/leads/${leads[0]!.leadId}`);
    expect(lead).toMatchObject({
      title: expect.any(String),
      companyName: expect.any(String),
      customFields: { full_name: expect.any(String), headline: expect.stringContaining(' at ') },
      pickedSource: 'LinkedIn people search',
      pickedBecause: expect.stringMatching(/^Found by the search "head of sales", at place \d+\.$/),
    });
    expect(lead['customFields']).toMatchObject({ connection_degree: '2nd' });
  });

  it('takes no more than asked for, commits by itself if told to, and its reads are counted', async () => {
    const search = await begin('founder', { maxLeads: 12, commit: true, name: 'Founders' });
    await driver.advanceTo(plus(driver.now, 10 * minuteMs));
    await waitFor(async () => (await show(search)).importStatus === 'committed');
    expect(await show(search)).toMatchObject({ reason: 'enough', importable: 12, imported: 12 });
    const read = (await pages()).length;
    expect(await api.call(`/v1/identities/${identityId}/reads`)).toMatchObject({
      budgets: [
        { kind: 'search', used: read, limit: 100 },
        { kind: 'profile', used: 0 },
      ],
    });
  });

  it('pauses when the login is lost and resumes with the very next page when it is back (S4-53)', async () => {
    await goesWrong('expire-login');
    const search = await begin('cto');
    await firstPage(search);
    await driver.advanceTo(plus(driver.now, hourMs));
    expect(await show(search)).toMatchObject({ status: 'reading', reason: 'login', pages: 1 });
    await sim(`identities/${accountRef}/login`, { outcome: 'succeeds' });
    await driver.advanceTo(plus(driver.now, 7 * hourMs));
    expect(await show(search)).toMatchObject({ reason: 'complete', pages: 4, people: 27 });
    expect(await pages()).toHaveLength(4);
  });

  it('waits until LinkedIn lets it read on, and begins again when its cursor died meanwhile', async () => {
    const postponedUntil = plus(driver.now, 25 * hourMs);
    await goesWrong('limit', { postponedUntil });
    const search = await begin('marketing');
    await firstPage(search);
    await driver.advanceTo(plus(driver.now, hourMs));
    expect(await show(search)).toMatchObject({ reason: 'limit', nextAt: postponedUntil });
    await driver.advanceTo(plus(postponedUntil, 10 * minuteMs));
    expect(await show(search)).toMatchObject({ reason: 'complete', people: 27, pages: 5 });
  });

  it('is cancelled by a person, and nothing more is read', async () => {
    const search = await begin('data');
    await firstPage(search);
    const answer = await api.call(`${searches()}/${search.searchId}/cancel`, { json: {} });
    expect(answer).toMatchObject({ status: 'ended', reason: 'cancelled', importStatus: 'failed' });
    await driver.advanceTo(plus(driver.now, hourMs));
    expect(await pages()).toHaveLength(1);
    const { searches: listed } = await api.call<{ searches: Search[] }>(searches());
    expect(listed.map(({ searchId }) => searchId)).toEqual([search.searchId]);
  });

  it('is refused by its fields, and LinkedIn is not asked', async () => {
    const refused = async (json: object) => {
      const usual = { identityId, searchUrl: url('x'), maxLeads: 5 };
      const answer = await api.send(searches(), { json: { ...usual, ...json } });
      const { errors = [] } = (await answer.json()) as { errors?: { pointer: string }[] };
      return [answer.status, ...errors.map(({ pointer }) => pointer)];
    };
    const http = 'http://www.linkedin.com/search/results/people/?keywords=x';
    expect(await refused({ searchUrl: http })).toEqual([422, '/searchUrl']);
    const sales = 'https://www.linkedin.com/sales/search/people?query=(x)';
    expect(await refused({ searchUrl: sales })).toEqual([422, '/searchUrl']);
    expect(await refused({ maxLeads: 0 })).toEqual([422, '/maxLeads']);
    const identity = { identityId: crypto.randomUUID() };
    expect(await refused(identity)).toEqual([422, '/identityId']);
    const unknown = await api.send(`${searches()}/${crypto.randomUUID()}`);
    expect(unknown.status).toBe(404);
    expect(await pages()).toEqual([]);
  });
});
