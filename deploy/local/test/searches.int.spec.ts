import { hourMs, minuteMs, plus } from '@overture/kernel';
import { waitFor } from '@overture/testing';
import type { Api } from './api.js';
import { startReading, type ReadingStage } from './reading-stage.js';

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

let stage: ReadingStage;
let api: Api;
let driver: ReadingStage['driver'];
let sim: ReadingStage['sim'];
let accountRef: string;
let campaignId: string;
let identityId: string;

beforeAll(async () => {
  // Every search finds 27 people.
  const knobs = { searchHits: [27, 27], searchHiddenShare: 0.1, connectedShare: 0, goneShare: 0 };
  stage = await startReading('searches', knobs);
  ({ api, driver, sim } = stage);
});

beforeEach(async () => {
  ({ accountRef, campaignId, identityId } = await stage.newReader());
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
