import { dayMs, hourMs } from '@overture/kernel';
import { ProviderRejection, type Profile } from '@overture/providers';
import { ada as accountRef, PretendLinkedIn } from '../test/pretend-linkedin.js';

const searchUrl = 'https://www.linkedin.com/search/results/people/?keywords=cto';
const salesUrl = 'https://www.linkedin.com/sales/search/people?query=(keywords%3Acto)';
const knobs = { searchHits: [27, 27], searchHiddenShare: 0 };
let world: PretendLinkedIn;

beforeAll(async () => {
  world = await PretendLinkedIn.start(knobs);
});
beforeEach(() => world.begin(knobs));

const page = (cursor?: string, url = searchUrl) =>
  world.edges.searchPeople({ accountRef, searchUrl: url, ...(cursor && { cursor }) });

async function allPages(url = searchUrl): Promise<Profile[][]> {
  const pages: Profile[][] = [];
  for (let cursor: string | undefined; ;) {
    const { people, nextCursor } = await page(cursor, url);
    pages.push([...people]);
    if (nextCursor === undefined) return pages;
    cursor = nextCursor;
  }
}

const urls = (people: readonly Profile[]) => people.map(({ profileUrl }) => profileUrl);

describe('A people search on the pretend LinkedIn (F051, S4-11)', () => {
  it('comes in pages of ten that repeat the end of the one before (S4-64)', async () => {
    const pages = await allPages();
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 10, 3]);
    expect(urls(pages[1]!.slice(0, 2))).toEqual(urls(pages[0]!.slice(8)));
    expect(new Set(urls(pages.flat())).size).toBe(27);
    expect(pages[0]![0]).toMatchObject({
      fullName: expect.any(String),
      headline: expect.stringContaining(' at '),
      jobTitle: expect.any(String),
      companyName: expect.any(String),
      location: expect.any(String),
      connectionDegree: '2nd',
      ids: { memberId: expect.stringMatching(/^ACo/) },
    });
  });

  it('finds the same people again in the same world, and others with other words', async () => {
    const first = urls((await allPages()).flat());
    await world.restart();
    expect(urls((await allPages()).flat())).toEqual(first);
    const other = urls((await allPages(`${searchUrl}o`)).flat());
    expect(other.filter((url) => first.includes(url)).length).toBeLessThan(5);
  });

  it('finds people who can be visited and invited afterwards', async () => {
    const [found] = (await page()).people;
    const outcome = await world.edges.connect({ accountRef, profileUrl: found!.profileUrl! });
    expect(outcome).toMatchObject({ kind: 'accepted', person: { memberId: found!.ids.memberId } });
  });

  it('writes each page into the ledger and counts it against the day', async () => {
    await allPages();
    expect(await world.ledger('search')).toMatchObject([
      { details: { window: { used: 1, capacity: 200 }, people: 10 } },
      { details: { window: { used: 2, capacity: 200 }, people: 10 } },
      { details: { window: { used: 3, capacity: 200 }, people: 10 } },
      { details: { window: { used: 4, capacity: 200 }, people: 3 } },
    ]);
    const limits = `identities/${accountRef}/actions/linkedin-search-people/limits`;
    expect(await (await world.raw(limits)).json()).toMatchObject({
      limits: [{ max_limit: 200, consumed: 4, remaining: 196 }],
    });
  });

  it('waits for room when the day is used up', async () => {
    for (let read = 0; read < 200; read++) await page();
    await expect(page()).rejects.toMatchObject({
      label: 'LIMIT_REACHED',
      postponedUntil: '2026-03-03T09:00:00.000Z',
    });
    await world.pass(dayMs);
    expect((await page()).people).toHaveLength(10);
  });

  it('refuses a cursor after a day, of another search, and one it never gave', async () => {
    const { nextCursor } = await page();
    await expect(page(nextCursor, `${searchUrl}o`)).rejects.toThrow(ProviderRejection);
    await expect(page('made-up')).rejects.toMatchObject({ label: 'INVALID_INPUT' });
    await world.pass(dayMs - hourMs);
    expect((await page(nextCursor)).people).toHaveLength(10);
    await world.pass(hourMs);
    await expect(page(nextCursor)).rejects.toMatchObject({ label: 'INVALID_INPUT' });
  });

  it('shows neither name nor address of who is too far away', async () => {
    await world.begin({ ...knobs, searchHiddenShare: 1 });
    const [found] = (await page()).people;
    expect(found).toMatchObject({ fullName: 'LinkedIn Member', ids: {} });
    expect(found).not.toHaveProperty('profileUrl');
  });

  it('of Sales Navigator needs it, and has pages of twenty-five', async () => {
    await expect(page(undefined, salesUrl)).rejects.toMatchObject({ label: 'PLAN_REQUIRED' });
    const navigator = { uid: accountRef, name: 'Ada Vale', tier: 'navigator' };
    await world.sim('POST', 'identities', navigator);
    expect((await allPages(salesUrl)).map(({ length }) => length)).toEqual([25, 4]);
  });

  it('that finds nobody is an empty page', async () => {
    await world.begin({ searchHits: [0, 0] });
    expect(await page()).toEqual({ people: [] });
  });

  it('fails in the ways a test asks for, and what failed before it is in no ledger', async () => {
    const until = '2026-03-04T08:00:00.000Z';
    const action = 'linkedin-search-people';
    await world.sim('POST', 'faults', { kind: 'limit', action, postponedUntil: until });
    await expect(page()).rejects.toMatchObject({ postponedUntil: until });
    await world.sim('POST', 'faults', { kind: 'expire-login', action });
    await expect(page()).rejects.toMatchObject({ label: 'AUTH_EXPIRED' });
    expect(await world.ledger('search')).toEqual([]);
  });
});
