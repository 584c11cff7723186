import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  CampaignService,
  type LeadControlRequest,
  type LeadIdRequest,
  type ListLeadEventsRequest,
  type ListLeadsRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { pauseLead, resumeLead, retryLead, simulateReply, stopLead } from '../app/control-lead.js';
import { getLead, listLeadEvents, listLeads } from '../app/leads.js';
import { Ports } from '../app/ports.js';
import { leadEventMessage, leadMessage } from './answers.js';
import { callerOf, leadsWanted, pageWanted } from './requests.js';

@Controller()
export class LeadsController {
  constructor(private readonly ports: Ports) {}

  @Command(CampaignService.method.listLeads)
  async list(@Payload() request: ListLeadsRequest, @Ctx() context: CommandContext) {
    const wanted = leadsWanted(request);
    const { items, nextCursor } = await listLeads(this.ports, callerOf(context), wanted);
    return { leads: items.map(leadMessage), nextCursor };
  }

  @Command(CampaignService.method.getLead)
  async get(@Payload() request: LeadIdRequest, @Ctx() context: CommandContext) {
    return leadMessage(await getLead(this.ports, callerOf(context), request.leadId));
  }

  @Command(CampaignService.method.listLeadEvents)
  async events(@Payload() request: ListLeadEventsRequest, @Ctx() context: CommandContext) {
    const wanted = { ...pageWanted(request), leadId: request.leadId };
    const { items, nextCursor } = await listLeadEvents(this.ports, callerOf(context), wanted);
    return { events: items.map(leadEventMessage), nextCursor };
  }

  @Command(CampaignService.method.pauseLead)
  async pause(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await pauseLead(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.resumeLead)
  async resume(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await resumeLead(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.stopLead)
  async stop(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await stopLead(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.retryLead)
  async retry(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await retryLead(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.simulateReply)
  async reply(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await simulateReply(this.ports, callerOf(context), request));
  }
}
