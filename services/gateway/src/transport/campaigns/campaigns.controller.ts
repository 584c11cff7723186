import { Body, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  CampaignPageSchema,
  CampaignSchema,
  CampaignService,
  CampaignStatsSchema,
  HistoryService,
  LaunchReportSchema,
} from '@overture/contracts';
import { Answers, NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatch } from '../http/if-match.js';
import { AtQuery } from '../http/instants.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { launchMs, reviseMs } from '../deadlines.js';
import {
  createCampaignRequest,
  scheduleMessage,
  sequenceMessage,
  settingsMessage,
} from './campaign-requests.js';
import { CreateCampaignDto, PauseDto, UpdateCampaignDto } from './campaign.dto.js';

const rpc = CampaignService.method;

@Resource('v1/campaigns', 'Campaigns')
export class CampaignsController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Create a campaign; it starts as a draft (S2-04, S2-09).', 'campaigns:write')
  @Repeatable()
  @Answers(CampaignSchema, 201)
  create(@Body() body: CreateCampaignDto, @From() caller: Caller) {
    return this.backend.ask(rpc.createCampaign, createCampaignRequest(body), caller);
  }

  @Get()
  @Route('List campaigns, newest first.', 'campaigns:read')
  @Answers(CampaignPageSchema)
  list(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listCampaigns, plain(page), caller);
  }

  @Get(':campaignId')
  @Route('Read a campaign, as it stands or as it stood at an instant (M7).', 'campaigns:read')
  @Answers(CampaignSchema)
  get(
    @Param('campaignId', IdPipe) campaignId: string,
    @Query() { at }: AtQuery,
    @From() caller: Caller,
  ) {
    const past = HistoryService.method.getCampaignAt;
    if (at !== '') return this.backend.ask(past, { campaignId, at }, caller);
    return this.backend.ask(rpc.getCampaign, { campaignId }, caller);
  }

  @Patch(':campaignId')
  @Route(
    'Change name, sequence, schedule or settings; what was launched gets a new version (F016).',
    'campaigns:write',
  )
  @Repeatable()
  @Answers(CampaignSchema)
  update(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() { name = '', sequence, schedule, settings }: UpdateCampaignDto,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const changes = {
      ...(sequence && { sequence: sequenceMessage(sequence) }),
      ...(schedule && { schedule: scheduleMessage(schedule) }),
      ...(settings && { settings: settingsMessage(settings) }),
    };
    const request = { campaignId, name, expectedVersion, ...changes };
    return this.backend.ask(rpc.updateCampaign, request, caller, reviseMs);
  }

  @Post(':campaignId/launch')
  @HttpCode(200)
  @Route(
    'Check every lead, then plan all messages of all valid ones (S2-16, S2-17).',
    'campaigns:write',
  )
  @Repeatable()
  @Answers(LaunchReportSchema)
  launch(
    @Param('campaignId', IdPipe) campaignId: string,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const request = { campaignId, expectedVersion };
    return this.backend.ask(rpc.launchCampaign, request, caller, launchMs);
  }

  @Post(':campaignId/pause')
  @HttpCode(200)
  @Route('Close the gate of a campaign: nothing goes out any more.', 'campaigns:write')
  @NeverRefused()
  @Answers(CampaignSchema)
  pause(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() { cause }: PauseDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.pauseCampaign, { campaignId, cause }, caller);
  }

  @Post(':campaignId/resume')
  @HttpCode(200)
  @Route('Open it again; what waited goes out paced, not at once.', 'campaigns:write')
  @Answers(CampaignSchema)
  resume(
    @Param('campaignId', IdPipe) campaignId: string,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.resumeCampaign, { campaignId, expectedVersion }, caller);
  }

  @Post(':campaignId/archive')
  @HttpCode(200)
  @Route('End a campaign for good; its leads stop.', 'campaigns:write')
  @NeverRefused()
  @Answers(CampaignSchema)
  archive(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.archiveCampaign, { campaignId }, caller);
  }

  @Get(':campaignId/stats')
  @Route('Leads and actions by status (S2-42, S2-43).', 'campaigns:read')
  @Answers(CampaignStatsSchema)
  stats(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getCampaignStats, { campaignId }, caller);
  }
}
