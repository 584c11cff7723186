import { listLeads } from '../src/app/leads.js';
import { listImportRows } from '../src/app/run-import.js';
import { readSearches } from '../src/app/run-searches.js';
import { getSearch, listSearches, type SearchName } from '../src/app/search-view.js';
import { startSearch, type NewSearch } from '../src/app/start-search.js';
import { found } from './listed-people.js';
import { newCampaign, otherWorkspace, startWorld, type World } from './world.js';

export const searchUrl =
  'https://www.linkedin.com/search/results/people/?keywords=head%20of%20sales';
export const names = ['Ada', 'Bea', 'Cleo', 'Dora', 'Eva', 'Fay', 'Gil', 'Hal'];

/** Searches of one workspace, and LinkedIn as a list of eight people; a fresh one for each test around it. */
export class SearchStage {
  world!: World;

  constructor() {
    let first: World;
    beforeAll(async () => {
      first = await startWorld();
    });
    beforeEach(() => this.begins(first));
    // Searches are read whosever they are: one test leaves none to the next.
    afterEach(() =>
      first.ports.database.worker((tx) => tx.query("update searches set status = 'ended'")),
    );
  }

  async begin(more: Partial<NewSearch> = {}): Promise<SearchName> {
    const { ports, caller } = this.world;
    const campaignId = more.campaignId ?? (await newCampaign(this.world));
    const usual = { identityId: 'identity-1', searchUrl, maxLeads: 100, name: '', commit: false };
    const { search } = await startSearch(ports, caller, { ...usual, campaignId, ...more });
    return { campaignId, searchId: search.searchId };
  }

  /** Reads what is due and lets time pass to the next page, until there is none or so many were read. */
  async read(pages = Infinity): Promise<void> {
    for (let page = 0; page < pages; page++) {
      const now = await readSearches(this.world.ports);
      if (now === undefined) return;
      this.world.clock.set({ mode: 'virtual', now });
    }
  }

  async view(name: SearchName) {
    const { search, import: filled } = await getSearch(this.world.ports, this.world.caller, name);
    const { importable, duplicates, rejected } = filled;
    return { ...search, importable, duplicates, rejected, importStatus: filled.status };
  }

  async listed(campaignId: string): Promise<string[]> {
    const wanted = { campaignId, limit: 10, cursor: '' };
    const { items } = await listSearches(this.world.ports, this.world.caller, wanted);
    return items.map(({ search }) => search.searchId);
  }

  async verdicts({ searchId: importId }: SearchName) {
    const wanted = { importId, verdict: '', limit: 200, cursor: '' };
    const { items } = await listImportRows(this.world.ports, this.world.caller, wanted);
    return items.map(({ rowNo, verdict, reason }) => [rowNo, verdict, reason]);
  }

  async leads() {
    const wanted = { limit: 200, cursor: '', campaignId: '', status: '' };
    return (await listLeads(this.world.ports, this.world.caller, wanted)).items;
  }

  private begins(first: World): void {
    this.world = otherWorkspace(first);
    const { search } = this.world;
    search.found = names.map((name) => found(name));
    search.who = { provider: 'edges', tier: 'classic' };
    search.instead.length = 0;
    search.asked.length = 0;
  }
}
