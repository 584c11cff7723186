import { addLeads } from '../src/app/add-leads.js';
import { getEnrichment } from '../src/app/enrichment-view.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { readProfiles } from '../src/app/run-enrichments.js';
import { startEnrichment, type NewEnrichment } from '../src/app/start-enrichment.js';
import { seen } from './listed-profiles.js';
import { newCampaign, otherWorkspace, person, startWorld, type World } from './world.js';

export const addressOf = (name: string) => person(name).linkedinUrl;

/** Enrichments of one workspace; a fresh one for each test around it. */
export class EnrichStage {
  world!: World;

  constructor() {
    let first: World;
    beforeAll(async () => {
      first = await startWorld();
    });
    beforeEach(() => this.begins(first));
    // Profiles are read whosever they are: one test leaves none to the next.
    afterEach(() =>
      first.ports.database.worker((tx) => tx.query("update enrichments set status = 'ended'")),
    );
  }

  /** A campaign with these people, each shown on LinkedIn with a new job. */
  async campaign(...names: readonly string[]) {
    const { ports, caller } = this.world;
    const campaignId = await newCampaign(this.world);
    const leads = names.map((name) => person(name));
    const added = await addLeads(ports, caller, { campaignId, leads });
    for (const name of names) this.shows(name, {});
    return { campaignId, leadIds: added.map(({ leadId }) => leadId) };
  }

  shows(name: string, more: Parameters<typeof seen>[1]): void {
    const shown = { linkedinUrl: addressOf(name), jobTitle: 'Captain', companyName: 'Vale & Co' };
    this.world.profiles.shown.set(addressOf(name), seen(name, { ...shown, ...more }));
  }

  start(more: Partial<NewEnrichment>) {
    const usual = { campaignId: '', leadId: '', identityId: '', staleAfterDays: 30, force: false };
    return startEnrichment(this.world.ports, this.world.caller, { ...usual, ...more });
  }

  /** Reads what is due and lets time pass to the next profile, until there is none or so many turns were taken. */
  async read(turns = Infinity): Promise<void> {
    for (let turn = 0; turn < turns; turn++) {
      const now = await readProfiles(this.world.ports);
      if (now === undefined) return;
      this.world.clock.set({ mode: 'virtual', now });
    }
  }

  view({ enrichmentId }: { enrichmentId: string }) {
    return getEnrichment(this.world.ports, this.world.caller, enrichmentId);
  }

  lead(leadId = '') {
    return getLead(this.world.ports, this.world.caller, leadId);
  }

  async events(leadId = '') {
    const wanted = { leadId, limit: 100, cursor: '' };
    const { items } = await listLeadEvents(this.world.ports, this.world.caller, wanted);
    return items.filter(({ streamId }) => streamId.startsWith('lead-'));
  }

  private begins(first: World): void {
    this.world = otherWorkspace(first);
    const { profiles, search } = this.world;
    search.who = { provider: 'edges', tier: 'classic' };
    profiles.shown.clear();
    profiles.instead.length = 0;
    profiles.asked.length = 0;
    profiles.meanwhile = undefined;
  }
}
