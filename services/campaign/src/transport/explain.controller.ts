import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  ExplainService,
  type CampaignIdRequest,
  type ExplainEnrollmentRequest,
  type LeadIdRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { explainCampaign } from '../app/explain-campaign.js';
import { explainLead, explainOne, type ExplainedEnrollment } from '../app/explain-lead.js';
import { Ports } from '../app/ports.js';
import { callerOf } from './requests.js';

@Controller()
export class ExplainController {
  constructor(private readonly ports: Ports) {}

  @Command(ExplainService.method.explainLead)
  async lead(@Payload() { leadId }: LeadIdRequest, @Ctx() context: CommandContext) {
    const explained = await explainLead(this.ports, callerOf(context), leadId);
    return { leadId, enrollments: explained.map(explanationMessage) };
  }

  @Command(ExplainService.method.explainEnrollment)
  async enrollment(
    @Payload() { enrollmentId }: ExplainEnrollmentRequest,
    @Ctx() context: CommandContext,
  ) {
    return explanationMessage(await explainOne(this.ports, callerOf(context), enrollmentId));
  }

  @Command(ExplainService.method.explainCampaign)
  async campaign(@Payload() { campaignId }: CampaignIdRequest, @Ctx() context: CommandContext) {
    const { closed, groups, ...explained } = await explainCampaign(
      this.ports,
      callerOf(context),
      campaignId,
    );
    return {
      ...explained,
      closed: closed.map(({ kind, cause }) => (cause === '' ? kind : `${kind}: ${cause}`)),
      groups: groups.map(({ exampleLeadIds, nextAt, ...group }) => ({
        ...group,
        nextAt: nextAt ?? '',
        exampleLeadIds: [...exampleLeadIds],
      })),
    };
  }
}

function explanationMessage(explained: ExplainedEnrollment) {
  const { because = '', until = '', actionId = '', rules, causes, ...known } = explained;
  return {
    ...known,
    because,
    until,
    actionId,
    rules: rules.map(({ inputs, ...answer }) => ({
      ...answer,
      inputsJson: JSON.stringify(inputs),
    })),
    causes: causes.map((cause) => ({ ...cause, actionIds: [...cause.actionIds] })),
  };
}
