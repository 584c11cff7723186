import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  SearchService,
  type CancelSearchRequest,
  type ListSearchesRequest,
  type PeopleSearchSchema,
  type SearchIdRequest,
  type StartSearchRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { cancelSearch } from '../app/end-search.js';
import { Ports } from '../app/ports.js';
import { getSearch, listSearches, type ShownSearch } from '../app/search-view.js';
import { startSearch } from '../app/start-search.js';
import { callerOf, pageWanted } from './requests.js';

const rpc = SearchService.method;

/** Leads from people searches (F051). */
@Controller()
export class SearchesController {
  constructor(private readonly ports: Ports) {}

  @Command(rpc.startSearch)
  async start(@Payload() request: StartSearchRequest, @Ctx() context: CommandContext) {
    return searchMessage(await startSearch(this.ports, callerOf(context), request));
  }

  @Command(rpc.getSearch)
  async get(@Payload() request: SearchIdRequest, @Ctx() context: CommandContext) {
    return searchMessage(await getSearch(this.ports, callerOf(context), request));
  }

  @Command(rpc.listSearches)
  async list(@Payload() request: ListSearchesRequest, @Ctx() context: CommandContext) {
    const wanted = { ...pageWanted(request), campaignId: request.campaignId };
    const { items, nextCursor } = await listSearches(this.ports, callerOf(context), wanted);
    return { searches: items.map(searchMessage), nextCursor };
  }

  @Command(rpc.cancelSearch)
  async cancel(@Payload() request: CancelSearchRequest, @Ctx() context: CommandContext) {
    return searchMessage(await cancelSearch(this.ports, callerOf(context), request));
  }
}

function searchMessage({
  search,
  import: filled,
}: ShownSearch): MessageInitShape<typeof PeopleSearchSchema> {
  const { cursor: _, cursorAt: __, turns: ___, restarts: ____, meta: _____, ...row } = search;
  const { commits, nextAt, ...shown } = row;
  const { importable, imported, duplicates, rejected, status: importStatus } = filled;
  return {
    ...shown,
    commit: commits,
    nextAt: row.status === 'reading' ? nextAt : '',
    importable,
    imported,
    duplicates,
    rejected,
    importStatus,
  };
}
