import { Get, Param } from '@nestjs/common';
import {
  ExplainedCampaignSchema,
  ExplainedEnrollmentSchema,
  ExplainedLeadSchema,
  ExplainService,
  SchedulerService,
  type EnrollmentExplanation,
} from '@overture/contracts';
import { create } from '@bufbuild/protobuf';
import { NotFoundError } from '@overture/kernel';
import { Answers, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { publicJson } from '../http/public-json.js';
import { pacingGroups, timetableMax } from './pacing-groups.js';

const rpc = ExplainService.method;

/** Why anything stands where it stands, from the log and from the rules of pacing (M1, F055, F140). */
@Resource('v1', 'Explain')
export class ExplainController {
  constructor(private readonly backend: Backend) {}

  @Get('leads/:leadId/explain')
  @Route('Why a lead waits or ended, and what would have to change.', 'leads:read')
  @Answers(ExplainedLeadSchema)
  async lead(@Param('leadId', IdPipe) leadId: string, @From() caller: Caller) {
    const { enrollments } = await this.backend.call(rpc.explainLead, { leadId }, caller);
    const explained = enrollments.map(async (lead) => {
      const pacing = lead.because === '' ? await this.pacing(lead.actionId, caller) : {};
      return { lead, ...pacing };
    });
    const answer = create(ExplainedLeadSchema, {
      leadId,
      enrollments: await Promise.all(explained),
    });
    return publicJson(ExplainedLeadSchema, answer);
  }

  @Get('actions/:actionId/explain')
  @Route('Why an action was sent, waits, or never went: rules, inputs, events.', 'leads:read')
  @Answers(ExplainedEnrollmentSchema)
  async action(@Param('actionId', IdPipe) actionId: string, @From() caller: Caller) {
    const enrollmentId = actionId.slice(0, actionId.indexOf('.'));
    const lead = await this.backend.call(rpc.explainEnrollment, { enrollmentId }, caller);
    if (!isOf(lead, actionId)) throw new NotFoundError('action', actionId);
    const pacing = await this.pacing(actionId, caller);
    const answer = create(ExplainedEnrollmentSchema, { lead: { ...lead, actionId }, ...pacing });
    return publicJson(ExplainedEnrollmentSchema, answer);
  }

  @Get('campaigns/:campaignId/explain')
  @Route('Why a campaign is quiet: its leads by what they wait for.', 'campaigns:read')
  @Answers(ExplainedCampaignSchema)
  async campaign(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    const campaign = await this.backend.call(rpc.explainCampaign, { campaignId }, caller);
    const request = { campaignId, limit: timetableMax };
    const timetable = SchedulerService.method.listTimetable;
    const { entries } = await this.backend.call(timetable, request, caller);
    const answer = create(ExplainedCampaignSchema, { campaign, pacing: pacingGroups(entries) });
    return publicJson(ExplainedCampaignSchema, answer);
  }

  /** The scheduler never hears of a step that is a person's to do, or waits for one. */
  private async pacing(actionId: string, caller: Caller) {
    try {
      const method = SchedulerService.method.explainAction;
      return { pacing: await this.backend.call(method, { actionId }, caller) };
    } catch (error) {
      if (error instanceof NotFoundError) return {};
      throw error;
    }
  }
}

function isOf({ causes }: EnrollmentExplanation, actionId: string): boolean {
  return causes.some(({ actionIds }) => actionIds.includes(actionId));
}
