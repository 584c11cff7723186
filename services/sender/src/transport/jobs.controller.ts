import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  SenderService,
  type ClaimJobRequest,
  type ListJobsRequest,
  type ReportJobRequest,
} from '@overture/contracts';
import { plus } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { companion } from '@overture/providers';
import { pageOf, pageSize } from '@overture/service-kit';
import { actionOf, claimJob } from '../app/claim-job.js';
import type { JobKind, JobUse } from '../app/jobs.js';
import { reportJob } from '../app/report-job.js';
import { SenderDeps } from '../app/sender-deps.js';
import { kindToContract } from '../kinds.js';
import { jobMessage } from './job-message.js';

/** What the customer's own browser asks for and reports (F072). */
@Controller()
export class JobsController {
  constructor(private readonly deps: SenderDeps) {}

  @Command(SenderService.method.listJobs)
  async listJobs(@Payload() request: ListJobsRequest, @Ctx() { tenantId }: CommandContext) {
    const { status, jobIds, cursor: after } = request;
    const limit = pageSize(request.limit);
    const since = plus(this.deps.clock.now(), -companion.capWindowMs);
    return this.deps.database.tenant(tenantId, async (tx) => {
      const filter = { tenantId, status, jobIds, after, limit: limit + 1 };
      const rows = await this.deps.jobs.page(tx, filter);
      const { items, nextCursor } = pageOf(rows, limit, ({ jobId }) => jobId);
      const caps = capsOf(await this.deps.jobs.uses(tx, tenantId, since));
      return { jobs: items.map(jobMessage), nextCursor, caps };
    });
  }

  @Command(SenderService.method.claimJob)
  async claimJob(@Payload() { identityId }: ClaimJobRequest, @Ctx() { tenantId }: CommandContext) {
    const handed = await claimJob(this.deps, { tenantId, identityId });
    if (handed === undefined) return {};
    const { job, prospectUrl, body } = handed;
    return { job: { ...jobMessage(job), leaseId: job.leaseId ?? '', prospectUrl, body } };
  }

  @Command(SenderService.method.reportJob)
  async reportJob(
    @Payload() { jobId, success, resultUrl, errorMessage, leaseId }: ReportJobRequest,
    @Ctx() { tenantId, meta }: CommandContext,
  ) {
    const report = { tenantId, jobId, success, resultUrl, errorMessage, leaseId, meta };
    return jobMessage(await reportJob(this.deps, report));
  }
}

function capsOf(uses: readonly JobUse[]) {
  const used = new Map(uses.map((use) => [use.kind, use.used]));
  return (Object.keys(actionOf) as JobKind[]).map((kind) => ({
    kind: kindToContract(kind),
    used: used.get(kind) ?? 0,
    cap: companion.dailyCap[actionOf[kind]],
  }));
}
