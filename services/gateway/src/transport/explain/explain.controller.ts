import { Get, Param } from '@nestjs/common';
import {
  CampaignExplanationSchema,
  EnrollmentExplanationSchema,
  ExplainService,
  LeadExplanationSchema,
  SchedulerService,
  type EnrollmentExplanation,
} from '@overture/contracts';
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
  @Answers(LeadExplanationSchema)
  async lead(@Param('leadId', IdPipe) leadId: string, @From() caller: Caller) {
    const explained = await this.backend.call(rpc.explainLead, { leadId }, caller);
    const isPlanned = ({ because }: EnrollmentExplanation) => because === '';
    const enrollments = await Promise.all(
      explained.enrollments.map(async (each) =>
        isPlanned(each) ? this.paced(each, caller) : each,
      ),
    );
    return publicJson(LeadExplanationSchema, { ...explained, enrollments });
  }

  @Get('actions/:actionId/explain')
  @Route('Why an action was sent, waits, or never went: rules, inputs, events.', 'leads:read')
  @Answers(EnrollmentExplanationSchema)
  async action(@Param('actionId', IdPipe) actionId: string, @From() caller: Caller) {
    const enrollmentId = actionId.slice(0, actionId.indexOf('.'));
    const explained = await this.backend.call(rpc.explainEnrollment, { enrollmentId }, caller);
    const isIts = explained.causes.some(({ actionIds }) => actionIds.includes(actionId));
    if (!isIts) throw new NotFoundError('action', actionId);
    return publicJson(
      EnrollmentExplanationSchema,
      await this.paced({ ...explained, actionId }, caller),
    );
  }

  @Get('campaigns/:campaignId/explain')
  @Route('Why a campaign is quiet: its leads by what they wait for.', 'campaigns:read')
  @Answers(CampaignExplanationSchema)
  async campaign(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    const explained = await this.backend.call(rpc.explainCampaign, { campaignId }, caller);
    const request = { campaignId, limit: timetableMax };
    const timetable = SchedulerService.method.listTimetable;
    const { entries } = await this.backend.call(timetable, request, caller);
    const pacing = pacingGroups(entries);
    return publicJson(CampaignExplanationSchema, { ...explained, pacing });
  }

  /** With what the rules of pacing say; the scheduler may never have heard of a step that was a person's to do. */
  private async paced(explained: EnrollmentExplanation, caller: Caller) {
    const request = { actionId: explained.actionId };
    try {
      const method = SchedulerService.method.explainAction;
      return { ...explained, pacing: await this.backend.call(method, request, caller) };
    } catch (error) {
      if (error instanceof NotFoundError) return explained;
      throw error;
    }
  }
}
