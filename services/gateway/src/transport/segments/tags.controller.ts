import { Body, Get, HttpCode, Post, Query } from '@nestjs/common';
import { SegmentService, TagLeadsReportSchema, TagPageSchema } from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { TagLeadsDto } from './segment.dto.js';

const rpc = SegmentService.method;

@Resource('v1', 'Leads')
export class TagsController {
  constructor(private readonly backend: Backend) {}

  @Post('leads/tags')
  @HttpCode(200)
  @Route('Set and take off tags of leads; one verdict for each, in order (F048).', 'leads:write')
  @Repeatable()
  @Answers(TagLeadsReportSchema)
  tag(@Body() body: TagLeadsDto, @From() caller: Caller) {
    return this.backend.ask(rpc.tagLeads, plain(body), caller);
  }

  @Get('tags')
  @Route('List tags by name, with how many leads have each (F048).', 'leads:read')
  @Answers(TagPageSchema)
  list(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listTags, plain(page), caller);
  }
}
