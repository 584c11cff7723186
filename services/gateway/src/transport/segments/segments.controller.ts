import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  LeadPageSchema,
  SegmentPageSchema,
  SegmentSchema,
  SegmentService,
} from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatch } from '../http/if-match.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { CreateSegmentDto, UpdateSegmentDto } from './segment.dto.js';

const rpc = SegmentService.method;

@Resource('v1/segments', 'Leads')
export class SegmentsController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Keep a filter over the leads, by name (F048, S2-55).', 'leads:write')
  @Repeatable()
  @Answers(SegmentSchema, 201)
  create(@Body() body: CreateSegmentDto, @From() caller: Caller) {
    return this.backend.ask(rpc.createSegment, plain(body), caller);
  }

  @Get()
  @Route('List segments by name.', 'leads:read')
  @Answers(SegmentPageSchema)
  list(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listSegments, plain(page), caller);
  }

  @Get(':segmentId')
  @Route('Read a segment.', 'leads:read')
  @Answers(SegmentSchema)
  get(@Param('segmentId', IdPipe) segmentId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getSegment, { segmentId }, caller);
  }

  @Get(':segmentId/leads')
  @Route('Whom a segment means now.', 'leads:read')
  @Answers(LeadPageSchema)
  leads(
    @Param('segmentId', IdPipe) segmentId: string,
    @Query() page: PageQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.listSegmentLeads, { segmentId, ...plain(page) }, caller);
  }

  @Patch(':segmentId')
  @Route('Change a segment; a filter replaces the whole filter. Heeds If-Match.', 'leads:write')
  @Repeatable()
  @Answers(SegmentSchema)
  update(
    @Param('segmentId', IdPipe) segmentId: string,
    @Body() body: UpdateSegmentDto,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const request = { ...plain(body), segmentId, expectedVersion };
    return this.backend.ask(rpc.updateSegment, request, caller);
  }

  @Delete(':segmentId')
  @Route('Forget a segment; its leads and their campaigns stay as they are.', 'leads:write')
  @Answers(SegmentSchema)
  remove(@Param('segmentId', IdPipe) segmentId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.deleteSegment, { segmentId }, caller);
  }
}
