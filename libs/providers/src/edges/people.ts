import { TransientError } from '@overture/kernel';
import type { FoundPage, PersonRequest, Profile, SearchRequest } from '../linkedin-provider.js';
import { ProviderRejection } from '../outcome.js';
import { parseProfileUrl } from '../profile-url.js';
import { parsePeopleSearchUrl, type SearchPlace } from '../search-url.js';
import type { EdgesClient, LiveRun, Page } from './edges-client.js';
import { anyId, readProfile } from './rows.js';

type Bound = { readonly accountRef: string; readonly deadlineMs: number };

// Two products of LinkedIn, two actions of Edges.
const searches: Readonly<Record<SearchPlace, { action: string; field: string }>> = {
  linkedin: { action: 'linkedin-search-people', field: 'linkedin_people_search_url' },
  sales_navigator: {
    action: 'salesnavigator-search-people',
    field: 'sales_navigator_profile_search_url',
  },
};

// Job title and company come with the sections, the degree of connection with the highlights.
const parameters = { sections: true, highlights: true };

/** Looking people up. */
export class EdgesPeople {
  constructor(private readonly client: EdgesClient) {}

  async search({ searchUrl, cursor }: SearchRequest, bound: Bound): Promise<FoundPage> {
    const url = parsePeopleSearchUrl(searchUrl);
    if (url.kind === 'refused') {
      throw new ProviderRejection({ label: 'INVALID_INPUT', detail: `Search: ${url.message}` });
    }
    const { action, field } = searches[url.place];
    const page = await this.found({ action, input: { [field]: url.sendUrl }, ...bound }, cursor);
    const people = page.rows.map(readProfile);
    return page.nextCursor === undefined ? { people } : { people, nextCursor: page.nextCursor };
  }

  async profile({ profileUrl }: PersonRequest, bound: Bound): Promise<Profile> {
    const url = parseProfileUrl(profileUrl);
    if (url.kind === 'refused') {
      throw new ProviderRejection({
        label: 'INVALID_INPUT',
        detail: `Profile URL: ${url.message}`,
      });
    }
    const action = 'linkedin-extract-people';
    const input = { linkedin_profile_url: url.sendUrl };
    const profile = readProfile(await this.client.one({ action, input, parameters, ...bound }));
    // Without a name nobody can tell whose profile it is.
    if (anyId(profile.ids) === undefined) throw new TransientError(`${action}: nobody's profile`);
    return profile;
  }

  // That nobody was found is an answer, and Edges gives it as a refusal.
  private async found(run: LiveRun, cursor: string | undefined): Promise<Page> {
    try {
      return await this.client.page(run, cursor);
    } catch (error) {
      const nobody = error instanceof ProviderRejection && error.answer?.label === 'NO_RESULT';
      if (nobody) return { rows: [] };
      throw error;
    }
  }
}
