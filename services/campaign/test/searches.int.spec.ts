import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { commitImport } from '../src/app/run-import.js';
import { getSearch } from '../src/app/search-view.js';
import { type NewSearch } from '../src/app/start-search.js';
import { found } from './listed-people.js';
import { names, SearchStage } from './search-stage.js';
import { newCampaign, otherWorkspace, person, settle } from './world.js';

const stage = new SearchStage();

describe('A people search', () => {
  it('is read page by page; who stands on two pages is one row (F051, S4-11, S4-64)', async () => {
    const name = await stage.begin();
    await stage.read();
    expect(stage.world.search.asked).toEqual(['', '2', '4', '6']);
    expect(await stage.view(name)).toMatchObject({
      status: 'ended',
      reason: 'complete',
      pages: 4,
      people: 8,
      importable: 8,
      duplicates: 0,
      rejected: 0,
      importStatus: 'checked',
    });
    expect(await stage.verdicts(name)).toEqual(names.map((_, at) => [at + 1, 'importable', '']));
    expect(await stage.leads()).toEqual([]);
  });

  it('makes leads with all that LinkedIn shows, and why they were picked (F051, F056, S3-14)', async () => {
    const name = await stage.begin({ name: 'Sales in Lisbon' });
    await stage.read();
    await commitImport(stage.world.ports, stage.world.caller, name.searchId);
    await settle(stage.world);
    const all = await stage.leads();
    expect(all).toHaveLength(8);
    expect(all.find(({ firstName }) => firstName === 'Cleo')).toMatchObject({
      lastName: 'Maria Vale',
      linkedinUrl: 'https://www.linkedin.com/in/cleo-vale',
      title: 'Head of Sales',
      companyName: 'Vale & Co',
      customFields: {
        full_name: 'Cleo Maria Vale',
        headline: 'Sells things',
        location: 'Lisbon',
        connection_degree: '2nd',
      },
      pickedSource: 'LinkedIn people search',
      pickedBecause: 'Found by the search "Sales in Lisbon", at place 3.',
      enrollments: [{ campaignId: name.campaignId }],
    });
  });

  it('without a name is called by what was searched for, and commits by itself if asked to (F051)', async () => {
    const name = await stage.begin({ commit: true });
    await stage.read();
    await settle(stage.world);
    expect(await stage.view(name)).toMatchObject({
      name: 'head of sales',
      importStatus: 'committed',
    });
    expect(await stage.leads()).toHaveLength(8);
  });

  it('judges everybody as a file would: known, forbidden, unreadable, each with the reason (F051, F052, F054)', async () => {
    const { ports, caller, search } = stage.world;
    const campaignId = await newCampaign(stage.world);
    await addLeads(ports, caller, { campaignId, leads: [person('Bea')] });
    const blocked = { linkedinUrl: 'linkedin.com/in/cleo-vale', companyName: '', reason: '' };
    await addDoNotContact(ports, caller, blocked);
    search.found = [
      found('Ada'),
      found('Bea'),
      found('Cleo'),
      found('Cher', { fullName: 'Cher' }),
      found('Hidden', { fullName: 'LinkedIn Member', linkedinUrl: '' }),
      found('Page', { linkedinUrl: 'https://www.linkedin.com/company/acme' }),
      found('Told', { firstName: 'Dr. Tola', lastName: 'Vale, PhD' }),
    ];
    const name = await stage.begin({ campaignId });
    await stage.read();
    expect(await stage.verdicts(name)).toEqual([
      [1, 'importable', ''],
      [2, 'duplicate', 'Already in this campaign.'],
      [3, 'rejected', 'This person or company is on do-not-contact.'],
      [4, 'rejected', 'The name has one part only; a lead needs a first and a last name.'],
      [5, 'rejected', 'LinkedIn does not show this identity who it is.'],
      [6, 'rejected', expect.stringContaining('not a personal profile')],
      [7, 'importable', ''],
    ]);
    await commitImport(ports, caller, name.searchId);
    await settle(stage.world);
    const tola = (await stage.leads()).find(({ firstName }) => firstName === 'Tola');
    expect(tola).toMatchObject({
      lastName: 'Vale',
      customFields: { full_name: 'Told Maria Vale' },
    });
  });

  it('knows people by their ids, whatever their address says today (F051, F047)', async () => {
    const { ports, caller, search } = stage.world;
    const campaignId = await newCampaign(stage.world);
    await addLeads(ports, caller, { campaignId, leads: [person('Ada')] });
    const renamed = ports.names.read(caller.tenantId, person('Ada').linkedinUrl);
    const known = 'fingerprint' in renamed ? renamed.fingerprint : '';
    const linkedinUrl = 'https://www.linkedin.com/in/ada-newname';
    search.found = [found('Ada', { linkedinUrl, fingerprints: ['by her id', known] })];
    const name = await stage.begin({ campaignId });
    await stage.read();
    expect(await stage.verdicts(name)).toEqual([[1, 'duplicate', 'Already in this campaign.']]);
  });

  it('makes leads who are known by every name from the beginning (F051, F047, S4-64)', async () => {
    const { ports, caller, search } = stage.world;
    const byId = ports.names.read(caller.tenantId, 'https://www.linkedin.com/in/ACoAAADA1234567');
    const id = 'fingerprint' in byId ? byId.fingerprint : '';
    search.found = [found('Ada', { fingerprints: [id, 'by her number'] })];
    const { campaignId, searchId } = await stage.begin();
    await stage.read();
    await commitImport(ports, caller, searchId);
    await settle(stage.world);
    const other = person('Countess', { linkedinUrl: 'linkedin.com/in/ACoAAADA1234567' });
    const [again] = await addLeads(ports, caller, { campaignId, leads: [other] });
    expect(again).toMatchObject({ verdict: 'duplicate', reason: 'Already in this campaign.' });
  });

  it('takes as many as were asked for, and no page more (F051)', async () => {
    const { ports, caller } = stage.world;
    const campaignId = await newCampaign(stage.world);
    await addLeads(ports, caller, { campaignId, leads: [person('Bea')] });
    const name = await stage.begin({ campaignId, maxLeads: 4 });
    await stage.read();
    expect(stage.world.search.asked).toHaveLength(2);
    expect(await stage.view(name)).toMatchObject({
      reason: 'enough',
      people: 5,
      importable: 4,
      duplicates: 1,
    });
  });

  it('that finds nobody ends with nothing (F051)', async () => {
    stage.world.search.found = [];
    const name = await stage.begin();
    await stage.read();
    expect(await stage.view(name)).toMatchObject({ reason: 'complete', people: 0, pages: 1 });
  });
});

describe('A search that cannot be', () => {
  const problems = async (more: Partial<NewSearch>) => {
    const error = await stage.begin(more).catch((caught: unknown) => caught);
    return (error as { problems: { path: string }[] }).problems.map(({ path }) => path);
  };

  it.each([
    [{ searchUrl: 'http://www.linkedin.com/search/results/people/?keywords=x' }, ['/searchUrl']],
    [{ searchUrl: 'https://example.com/search/results/people/?keywords=x' }, ['/searchUrl']],
    [{ searchUrl: 'https://www.linkedin.com/sales/search/people?query=(x)' }, ['/searchUrl']],
    [{ maxLeads: 0 }, ['/maxLeads']],
    [{ maxLeads: 2_501 }, ['/maxLeads']],
    [{ maxLeads: 1.5, searchUrl: '' }, ['/searchUrl', '/maxLeads']],
    [{ identityId: 'nobody' }, ['/identityId']],
  ])('%j is refused by its fields, and nothing is begun (F051)', async (more, paths) => {
    const campaignId = await newCampaign(stage.world);
    expect(await problems({ campaignId, ...more })).toEqual(paths);
    expect(await stage.listed(campaignId)).toEqual([]);
    expect(stage.world.search.asked).toEqual([]);
  });

  it('is none of a companion, whose account nobody reads (F051, S3-02)', async () => {
    stage.world.search.who = { provider: 'companion', tier: 'classic' };
    expect(await problems({})).toEqual(['/identityId']);
  });

  it("is nobody else's: other workspaces and other campaigns do not see it (F051)", async () => {
    const name = await stage.begin();
    const other = otherWorkspace(stage.world);
    await expect(getSearch(other.ports, other.caller, name)).rejects.toThrow('search');
    const campaignId = await newCampaign(stage.world);
    await expect(stage.view({ ...name, campaignId })).rejects.toThrow('search');
    expect(await stage.listed(name.campaignId)).toEqual([name.searchId]);
  });
});
