import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  CampaignPreviewSchema,
  LintReportSchema,
  MissingFieldsPageSchema,
  TextService,
  VariantResultsSchema,
} from '@overture/contracts';
import { Answers, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { plain } from '../http/plain.js';
import { MissingFieldsQuery, PreviewDto } from './text.dto.js';

const rpc = TextService.method;

@Resource('v1/campaigns/:campaignId', 'Texts')
export class CampaignTextsController {
  constructor(private readonly backend: Backend) {}

  @Post('preview')
  @HttpCode(200)
  @Route('Exactly what a lead would get of each step, or why not (F066).', 'leads:read')
  @Answers(CampaignPreviewSchema)
  preview(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: PreviewDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.previewCampaign, { campaignId, ...plain(body) }, caller);
  }

  @Get('missing-fields')
  @Route(
    'Leads that lack a field: they block a launch, and no move takes them along (F063).',
    'leads:read',
  )
  @Answers(MissingFieldsPageSchema)
  missing(
    @Param('campaignId', IdPipe) campaignId: string,
    @Query() page: MissingFieldsQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.listMissingFields, { campaignId, ...plain(page) }, caller);
  }

  @Post('lint')
  @HttpCode(200)
  @Route('What readers stumble over, with the place of it (F065).', 'campaigns:read')
  @Answers(LintReportSchema)
  lint(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.lintCampaign, { campaignId }, caller);
  }

  @Get('variants')
  @Route('Results of each variant of each step (F067).', 'campaigns:read')
  @Answers(VariantResultsSchema)
  variants(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getVariantResults, { campaignId }, caller);
  }
}
