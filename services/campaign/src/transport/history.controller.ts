import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  HistoryService,
  type CampaignAtRequest,
  type DiffLeadRequest,
  type LeadAtRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { instantOf } from '@overture/service-kit';
import { Ports } from '../app/ports.js';
import { campaignAt, diffLead, leadAt } from '../app/time-travel.js';
import { campaignMessage, leadEventMessage, leadMessage } from './answers.js';
import { callerOf } from './requests.js';

@Controller()
export class HistoryController {
  constructor(private readonly ports: Ports) {}

  @Command(HistoryService.method.getLeadAt)
  async lead(@Payload() { leadId, at }: LeadAtRequest, @Ctx() context: CommandContext) {
    const wanted = { leadId, at: instantOf(at, '/at') };
    return leadMessage(await leadAt(this.ports, callerOf(context), wanted));
  }

  @Command(HistoryService.method.getCampaignAt)
  async campaign(@Payload() { campaignId, at }: CampaignAtRequest, @Ctx() context: CommandContext) {
    const wanted = { campaignId, at: instantOf(at, '/at') };
    return campaignMessage(await campaignAt(this.ports, callerOf(context), wanted));
  }

  @Command(HistoryService.method.diffLead)
  async diff(@Payload() { leadId, from, to }: DiffLeadRequest, @Ctx() context: CommandContext) {
    const span = { leadId, from: instantOf(from, '/from'), to: instantOf(to, '/to') };
    const { changes, events } = await diffLead(this.ports, callerOf(context), span);
    return { ...span, changes: [...changes], events: events.map(leadEventMessage) };
  }
}
