import {
  ReadingService,
  SyncService,
  type SearchPeopleResponse,
  type SeenProfile,
} from '@overture/contracts';
import { instant, NotFoundError } from '@overture/kernel';
import type { RpcClient } from '@overture/messaging';
import {
  PeopleSearch,
  type FoundPerson,
  type SearchAnswer,
  type SearchRow,
  type SearchingIdentity,
} from '../app/searches.js';

// Longer than the provider is given for a page.
const pageMs = 90_000;

export class SyncPeopleSearch extends PeopleSearch {
  constructor(private readonly rpc: RpcClient) {
    super();
  }

  override async identity(
    tenantId: string,
    identityId: string,
  ): Promise<SearchingIdentity | undefined> {
    try {
      return await this.rpc.call(SyncService.method.getIdentity, { identityId }, { tenantId });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  override async page(
    tenantId: string,
    { identityId, searchUrl, cursor }: Pick<SearchRow, 'identityId' | 'searchUrl' | 'cursor'>,
  ): Promise<SearchAnswer> {
    const request = { identityId, searchUrl, cursor };
    const options = { tenantId, deadlineMs: pageMs };
    return answerOf(await this.rpc.call(ReadingService.method.searchPeople, request, options));
  }
}

function answerOf(response: SearchPeopleResponse): SearchAnswer {
  const { outcome, cause, nextCursor } = response;
  if (outcome === 'read') {
    const people = response.people.map(foundPerson);
    return { outcome, people, nextCursor, nextAt: instant(response.nextAt) };
  }
  if (outcome === 'wait') return { outcome, cause, nextAt: instant(response.nextAt) };
  return { outcome: 'refused', cause };
}

function foundPerson({ $typeName: _, $unknown: __, ...person }: SeenProfile): FoundPerson {
  return person;
}
