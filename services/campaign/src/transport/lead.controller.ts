import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  LeadService,
  type LeadRulesRequest,
  type MoveAcceptedRequest,
  type SeparateLeadRequest,
  type SetLeadRulesRequest,
  type UpdateLeadRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { getLeadRules, setLeadRules, type ShownLeadRules } from '../app/lead-rules.js';
import { separateLead } from '../app/merge-leads.js';
import { moveAccepted } from '../app/move-accepted.js';
import { Ports } from '../app/ports.js';
import { updateLead } from '../app/update-lead.js';
import { leadMessage } from './answers.js';
import { callerOf, pageWanted } from './requests.js';

/** Leads as people, and the rules of who may be contacted. */
@Controller()
export class LeadController {
  constructor(private readonly ports: Ports) {}

  @Command(LeadService.method.updateLead)
  async update(@Payload() request: UpdateLeadRequest, @Ctx() context: CommandContext) {
    const { $typeName: _, $unknown: __, ...change } = request;
    const { leadId, expectedVersion, customFields, removedCustomFields, ...fields } = change;
    const wanted = { leadId, expectedVersion, fields, customFields, removedCustomFields };
    return leadMessage(await updateLead(this.ports, callerOf(context), wanted));
  }

  @Command(LeadService.method.separateLead)
  async separate(@Payload() request: SeparateLeadRequest, @Ctx() context: CommandContext) {
    return leadMessage(await separateLead(this.ports, callerOf(context), request));
  }

  @Command(LeadService.method.getLeadRules)
  async rules(@Payload() { campaignId }: LeadRulesRequest, @Ctx() context: CommandContext) {
    return rulesMessage(await getLeadRules(this.ports, callerOf(context), campaignId));
  }

  @Command(LeadService.method.setLeadRules)
  async setRules(@Payload() request: SetLeadRulesRequest, @Ctx() context: CommandContext) {
    const { $typeName: _, $unknown: __, ...given } = request;
    const { campaignId, expectedVersion, ...rules } = given;
    const wanted = { campaignId, expectedVersion, rules };
    return rulesMessage(await setLeadRules(this.ports, callerOf(context), wanted));
  }

  @Command(LeadService.method.moveAccepted)
  async move(@Payload() request: MoveAcceptedRequest, @Ctx() context: CommandContext) {
    const { campaignId, toCampaignId } = request;
    const wanted = { ...pageWanted(request), campaignId, toCampaignId };
    const { items, nextCursor } = await moveAccepted(this.ports, callerOf(context), wanted);
    return { results: [...items], nextCursor };
  }
}

function rulesMessage({ setHere, ...rules }: ShownLeadRules) {
  return { ...rules, setHere: [...setHere] };
}
