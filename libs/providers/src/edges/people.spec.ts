import { TransientError } from '@overture/kernel';
import { ProviderRejection } from '../outcome.js';
import { account, EdgesUnderTest } from '../../test/edges-under-test.js';
import { answers, breaksOff, refuses } from '../../test/scripted-edges.js';

const searchUrl = 'https://www.linkedin.com/search/results/people/?keywords=cto&page=3';
const grace = {
  full_name: 'Grace Hopper',
  first_name: 'Grace',
  last_name: 'Hopper',
  headline: 'Compilers',
  job_title: 'Rear admiral',
  company_name: 'Navy',
  location: 'New York',
  connection_degree: '2nd',
  linkedin_profile_url: 'https://www.linkedin.com/in/grace-hopper',
  linkedin_profile_id: 77,
  sales_navigator_profile_id: 'ACoAAGRACE12',
};

describe('People, through Edges', () => {
  const line = new EdgesUnderTest();
  const search = (more: { searchUrl?: string; cursor?: string } = {}) =>
    line.provider.searchPeople({ ...account, searchUrl, ...more });

  it('are found by a search, a page at a time, with the same body for each page (F051, S4-11, S4-64)', async () => {
    line.edges.script(
      answers(200, [grace], { 'x-pagination-next': 'https://elsewhere.example/?cursor=two%3D' }),
      answers(200, [grace]),
    );
    const first = await search();
    expect(first).toEqual({
      nextCursor: 'two=',
      people: [
        {
          ids: { numericId: '77', memberId: 'ACoAAGRACE12', handle: 'grace-hopper' },
          profileUrl: 'https://www.linkedin.com/in/grace-hopper',
          fullName: 'Grace Hopper',
          firstName: 'Grace',
          lastName: 'Hopper',
          headline: 'Compilers',
          jobTitle: 'Rear admiral',
          companyName: 'Navy',
          location: 'New York',
          connectionDegree: '2nd',
        },
      ],
    });
    expect(await search({ cursor: 'two=' })).not.toHaveProperty('nextCursor');
    const path = '/edges/v1/actions/linkedin-search-people/run/live';
    expect(line.edges.seen.map((request) => request.path)).toEqual([path, `${path}?cursor=two%3D`]);
    const sent = 'https://www.linkedin.com/search/results/people/?keywords=cto';
    for (const { body } of line.edges.seen) {
      expect(body).toEqual({
        identity_ids: [account.accountRef],
        input: { linkedin_people_search_url: sent },
      });
    }
  });

  it('of Sales Navigator have an action of their own, and an address even without one in the answer (F051)', async () => {
    const row = {
      full_name: 'Ann',
      sales_navigator_profile_id: 'ACwAAANN1234',
      connection_degree: 3,
    };
    line.edges.script(answers(200, [row]));
    const url = 'https://www.linkedin.com/sales/search/people?query=(x)';
    const { people } = await search({ searchUrl: url });
    expect(people).toMatchObject([
      { profileUrl: 'https://www.linkedin.com/sales/lead/ACwAAANN1234', connectionDegree: '3rd' },
    ]);
    expect(line.edges.seen[0]).toMatchObject({
      path: '/edges/v1/actions/salesnavigator-search-people/run/live',
      body: { input: { sales_navigator_profile_search_url: url } },
    });
  });

  it('are shown even when LinkedIn hides who they are (F051)', async () => {
    line.edges.script(answers(200, [{ full_name: 'LinkedIn Member', headline: 'CTO' }]));
    expect((await search()).people).toEqual([
      { ids: {}, fullName: 'LinkedIn Member', headline: 'CTO' },
    ]);
  });

  it('whom nobody is like are an empty page (F051)', async () => {
    line.edges.script(refuses(424, 'NO_RESULT'));
    expect(await search()).toEqual({ people: [] });
  });

  it('have a profile, asked for with what makes job and company come along (F050)', async () => {
    const renamed = { ...grace, linkedin_profile_id: '77', company_name: 'Univac' };
    line.edges.script(answers(200, renamed));
    const profileUrl = 'linkedin.com/in/ACoAAGRACE12/?x=1';
    expect(await line.provider.readProfile({ ...account, profileUrl })).toMatchObject({
      ids: { numericId: '77', memberId: 'ACoAAGRACE12', handle: 'grace-hopper' },
      profileUrl: 'https://www.linkedin.com/in/grace-hopper',
      jobTitle: 'Rear admiral',
      companyName: 'Univac',
      connectionDegree: '2nd',
    });
    expect(line.edges.seen[0]).toMatchObject({
      path: '/edges/v1/actions/linkedin-extract-people/run/live',
      body: {
        identity_ids: [account.accountRef],
        input: { linkedin_profile_url: 'https://www.linkedin.com/in/ACoAAGRACE12' },
        parameters: { sections: true, highlights: true },
      },
    });
  });

  it.each([
    ['who is gone', refuses(424, 'PROFILE_NOT_ACCESSIBLE'), { label: 'PROFILE_NOT_ACCESSIBLE' }],
    ['whom nobody knows', refuses(424, 'STATUS_404'), { label: 'PROFILE_NOT_ACCESSIBLE' }],
    [
      'of nobody',
      answers(200, { headline: 'CTO' }),
      { message: expect.stringContaining('nobody') },
    ],
    ['behind a lost answer', breaksOff, { name: 'TransientError' }],
  ])('have no profile %s (F050, S4-33)', async (_, scene, error) => {
    line.edges.script(scene);
    const profileUrl = 'https://www.linkedin.com/in/grace-hopper';
    await expect(line.provider.readProfile({ ...account, profileUrl })).rejects.toMatchObject(
      error,
    );
  });

  it('have no profile at an address that is none: nothing is sent (F050)', async () => {
    line.edges.script(answers(200, grace));
    const wrong = line.provider.readProfile({ ...account, profileUrl: 'https://example.com/' });
    await expect(wrong).rejects.toMatchObject({ label: 'INVALID_INPUT' });
    expect(line.edges.seen).toEqual([]);
  });

  it.each([
    [
      'a limit',
      refuses(424, 'LIMIT_REACHED', { postponed_until: '2026-03-05T08:00:00Z' }),
      ProviderRejection,
    ],
    ['an expired login', refuses(424, 'AUTH_EXPIRED'), ProviderRejection],
    ['a half answer', breaksOff, TransientError],
    ['a success nobody can read', answers(200, 'oops'), TransientError],
  ])('are not found through %s (F051)', async (_, scene, error) => {
    line.edges.script(scene);
    await expect(search()).rejects.toThrow(error);
  });

  it('are never searched at an address that is none: nothing is sent (F051)', async () => {
    line.edges.script(answers(200, []));
    const wrong = search({ searchUrl: 'https://example.com/search/results/people/?keywords=x' });
    await expect(wrong).rejects.toMatchObject({ label: 'INVALID_INPUT' });
    expect(line.edges.seen).toEqual([]);
  });
});
