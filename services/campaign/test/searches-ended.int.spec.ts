import { dayMs, DomainError, plus } from '@overture/kernel';
import { cancelSearch } from '../src/app/end-search.js';
import { expireImports } from '../src/app/expire-imports.js';
import { finishCampaigns } from '../src/app/loops.js';
import { commitImport } from '../src/app/run-import.js';
import { readSearches } from '../src/app/run-searches.js';
import { archiveCampaign } from '../src/app/run-campaign.js';
import { SearchStage } from './search-stage.js';
import { inScope, later, launched, replaced, settle } from './world.js';

const stage = new SearchStage();

describe('A search, ended by people', () => {
  it('is cancelled: nobody becomes a lead, and their fields are gone at once (F051)', async () => {
    const { ports, caller } = stage.world;
    const name = await stage.begin();
    await stage.read(1);
    const cancelled = await cancelSearch(ports, caller, { ...name, keepFound: false });
    expect(cancelled.search).toMatchObject({ status: 'ended', reason: 'cancelled' });
    await expect(commitImport(ports, caller, name.searchId)).rejects.toThrow(DomainError);
    await expireImports(ports);
    const left = await inScope(stage.world, async ({ tx, tenantId }) => {
      const count = async (table: string) =>
        (await tx.query(`select from ${table} where tenant_id = $1`, [tenantId])).rowCount;
      return [await count('leads'), await count('person_keys'), await count('search_names')];
    });
    expect(left).toEqual([0, 0, 0]);
    await stage.read();
    expect(stage.world.search.asked).toHaveLength(1);
  });

  it('may keep whom it found, to be looked at and taken; cancelled again it stays as it is (F051)', async () => {
    const { ports, caller } = stage.world;
    const name = await stage.begin();
    await stage.read(1);
    await cancelSearch(ports, caller, { ...name, keepFound: true });
    await cancelSearch(ports, caller, { ...name, keepFound: false });
    expect(await stage.view(name)).toMatchObject({ reason: 'cancelled', importStatus: 'checked' });
    await commitImport(ports, caller, name.searchId);
    await settle(stage.world);
    expect(await stage.leads()).toHaveLength(3);
  });

  it('cancelled while a page is on its way keeps nothing of the page (F051)', async () => {
    const { ports, caller, search } = stage.world;
    const name = await stage.begin();
    const page = search.page.bind(search);
    const answersLate = replaced(search, {
      page: async (tenantId: string, wanted: Parameters<typeof page>[1]) => {
        await cancelSearch(ports, caller, { ...name, keepFound: false });
        return page(tenantId, wanted);
      },
    });
    await readSearches(replaced(ports, { search: answersLate }));
    expect(await stage.view(name)).toMatchObject({ reason: 'cancelled', people: 0, pages: 0 });
  });

  it('is dropped with its campaign (F051)', async () => {
    const { ports, caller } = stage.world;
    const name = await stage.begin({ commit: true });
    await stage.read(1);
    await archiveCampaign(ports, caller, { campaignId: name.campaignId, expectedVersion: 0 });
    await stage.read();
    expect(await stage.view(name)).toMatchObject({
      reason: 'campaign/over',
      pages: 1,
      importStatus: 'failed',
    });
  });

  it('is forgotten after seven days like any import that nobody committed (F051)', async () => {
    const { ports } = stage.world;
    const name = await stage.begin();
    const nextAt = plus(stage.world.clock.now(), 30 * dayMs);
    stage.world.search.instead.push({ outcome: 'wait', cause: 'limit', nextAt });
    await readSearches(ports);
    later(stage.world, 7 * dayMs);
    await expireImports(ports);
    expect(await stage.view(name)).toMatchObject({ status: 'ended', reason: 'expired' });
    expect(await readSearches(ports)).toBeUndefined();
  });

  it('that will commit by itself keeps its campaign from finishing (F051)', async () => {
    const { ports } = stage.world;
    const { campaignId } = await launched(stage.world, []);
    const { searchId } = await stage.begin({ campaignId, commit: true });
    await finishCampaigns(ports);
    await stage.read();
    await settle(stage.world);
    expect(await stage.view({ campaignId, searchId })).toMatchObject({ importStatus: 'committed' });
  });
});
