import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  CampaignService,
  type AddLeadsRequest,
  type CampaignIdRequest,
  type CreateCampaignRequest,
  type PageRequest,
  type PauseCampaignRequest,
  type UpdateCampaignRequest,
} from '@overture/contracts';
import { InvalidInputError } from '@overture/kernel';
import { Command, CommandContext } from '@overture/messaging';
import { hoursOf } from '@overture/service-kit';
import { addLeads } from '../app/add-leads.js';
import { campaignStats } from '../app/campaign-stats.js';
import { createCampaign, getCampaign, listCampaigns, updateCampaign } from '../app/campaigns.js';
import { launchCampaign } from '../app/launch-campaign.js';
import { Ports } from '../app/ports.js';
import { archiveCampaign, pauseCampaign, resumeCampaign } from '../app/run-campaign.js';
import { campaignMessage } from './answers.js';
import { typeOf } from './enums.js';
import { callerOf, leadOf, pageWanted } from './requests.js';
import { sequenceDraft, settingsOf } from './sequence-messages.js';

@Controller()
export class CampaignsController {
  constructor(private readonly ports: Ports) {}

  @Command(CampaignService.method.createCampaign)
  async create(@Payload() request: CreateCampaignRequest, @Ctx() context: CommandContext) {
    const { name, type, identityIds, sequence, schedule, settings } = request;
    if (sequence === undefined) {
      throw new InvalidInputError([{ path: '/sequence', message: 'A sequence is needed.' }]);
    }
    const given = schedule && { schedule: hoursOf(schedule) };
    const draft = { name, type: typeOf(type), identityIds, sequence: sequenceDraft(sequence) };
    const chosen = settingsOf(settings);
    const wanted = { ...draft, ...given, ...(chosen && { settings: chosen }) };
    return campaignMessage(await createCampaign(this.ports, callerOf(context), wanted));
  }

  @Command(CampaignService.method.getCampaign)
  async get(@Payload() request: CampaignIdRequest, @Ctx() context: CommandContext) {
    const { campaignId } = request;
    return campaignMessage(await getCampaign(this.ports, callerOf(context), campaignId));
  }

  @Command(CampaignService.method.listCampaigns)
  async list(@Payload() request: PageRequest, @Ctx() context: CommandContext) {
    const page = await listCampaigns(this.ports, callerOf(context), pageWanted(request));
    return { campaigns: page.items.map(campaignMessage), nextCursor: page.nextCursor };
  }

  @Command(CampaignService.method.updateCampaign)
  async update(@Payload() request: UpdateCampaignRequest, @Ctx() context: CommandContext) {
    const { campaignId, expectedVersion, name, sequence, schedule } = request;
    const settings = settingsOf(request.settings);
    const change = {
      campaignId,
      expectedVersion,
      name,
      ...(sequence && { sequence: sequenceDraft(sequence) }),
      ...(schedule && { schedule: hoursOf(schedule) }),
      ...(settings && { settings }),
    };
    return campaignMessage(await updateCampaign(this.ports, callerOf(context), change));
  }

  @Command(CampaignService.method.launchCampaign)
  async launch(@Payload() request: CampaignIdRequest, @Ctx() context: CommandContext) {
    const report = await launchCampaign(this.ports, callerOf(context), request);
    return { ...report, results: [...report.results] };
  }

  @Command(CampaignService.method.pauseCampaign)
  async pause(@Payload() request: PauseCampaignRequest, @Ctx() context: CommandContext) {
    return campaignMessage(await pauseCampaign(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.resumeCampaign)
  async resume(@Payload() request: CampaignIdRequest, @Ctx() context: CommandContext) {
    return campaignMessage(await resumeCampaign(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.archiveCampaign)
  async archive(@Payload() request: CampaignIdRequest, @Ctx() context: CommandContext) {
    return campaignMessage(await archiveCampaign(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.getCampaignStats)
  async stats(@Payload() request: CampaignIdRequest, @Ctx() context: CommandContext) {
    const stats = await campaignStats(this.ports, callerOf(context), request.campaignId);
    const { leads, actions, nextActionAt = '', ...counts } = stats;
    return { ...counts, leads: [...leads], actions: [...actions], nextActionAt };
  }

  @Command(CampaignService.method.addLeads)
  async addLeads(@Payload() request: AddLeadsRequest, @Ctx() context: CommandContext) {
    const { campaignId } = request;
    const wanted = { campaignId, leads: request.leads.map(leadOf) };
    return { results: await addLeads(this.ports, callerOf(context), wanted) };
  }
}
