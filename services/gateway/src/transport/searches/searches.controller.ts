import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { PeopleSearchPageSchema, PeopleSearchSchema, SearchService } from '@overture/contracts';
import { Answers, NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { CancelSearchDto, StartSearchDto } from './search.dto.js';

const rpc = SearchService.method;

@Resource('v1/campaigns/:campaignId/searches', 'Campaigns')
export class SearchesController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route(
    'Search people on LinkedIn or in Sales Navigator, in the background, into an import of the same id (F051).',
    'leads:write',
  )
  @Repeatable()
  @Answers(PeopleSearchSchema, 201)
  start(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: StartSearchDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.startSearch, { campaignId, ...plain(body) }, caller);
  }

  @Get()
  @Route('The searches of a campaign, the oldest first.', 'leads:read')
  @Answers(PeopleSearchPageSchema)
  list(
    @Param('campaignId', IdPipe) campaignId: string,
    @Query() page: PageQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.listSearches, { campaignId, ...plain(page) }, caller);
  }

  @Get(':searchId')
  @Route('How far a search is, and what it waits for.', 'leads:read')
  @Answers(PeopleSearchSchema)
  get(
    @Param('campaignId', IdPipe) campaignId: string,
    @Param('searchId', IdPipe) searchId: string,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.getSearch, { campaignId, searchId }, caller);
  }

  @Post(':searchId/cancel')
  @HttpCode(200)
  @Route('Read no further; whom it found is forgotten unless they are to be kept.', 'leads:write')
  @NeverRefused()
  @Answers(PeopleSearchSchema)
  cancel(
    @Param('campaignId', IdPipe) campaignId: string,
    @Param('searchId', IdPipe) searchId: string,
    @Body() { keepFound }: CancelSearchDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.cancelSearch, { campaignId, searchId, keepFound }, caller);
  }
}
