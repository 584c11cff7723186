import { Injectable } from '@nestjs/common';
import {
  CampaignService,
  HandService,
  SenderService,
  SyncService,
  type Draft,
  type Job,
  type Lead,
} from '@overture/contracts';
import { NotFoundError } from '@overture/kernel';
import { Backend } from '../http/backend.js';
import type { Caller } from '../http/caller.js';
import type { QueueRowView, QueueStatus, QueueView } from './queue.dto.js';
import { actionStatuses, counterView, draftRow, jobRow } from './queue-rows.js';

// As many as one page of any service.
const rowsMax = 200;
// Each needs a look at its lead.
const unreviewedMax = 50;

/** The queue of a workspace's browsers, put together from drafts, jobs and leads. */
@Injectable()
export class QueueReader {
  constructor(private readonly backend: Backend) {}

  async read(caller: Caller, status: QueueStatus | undefined): Promise<QueueView> {
    const identities = await this.companions(caller);
    const { jobs, caps } = await this.backend.call(
      SenderService.method.listJobs,
      { limit: rowsMax },
      caller,
    );
    const drafts = await this.drafts(caller, status, identities);
    const rows = [
      ...this.reviewed(caller, drafts, jobs),
      ...(await this.unreviewed(caller, drafts, jobs)),
    ];
    const queue = rows.filter((row) => status === undefined || row.status === status);
    return { queue, counters: caps.map(counterView) };
  }

  async row(caller: Caller, draft: Draft): Promise<QueueRowView> {
    const request = { jobIds: [draft.actionId], limit: 1 };
    const { jobs } = await this.backend.call(SenderService.method.listJobs, request, caller);
    const row = draftRow(caller.tenantId, draft, jobs[0]);
    if (row === undefined) throw new NotFoundError('draft', draft.actionId);
    return row;
  }

  async jobRow(caller: Caller, job: Job): Promise<QueueRowView> {
    const row = jobRow(caller.tenantId, job, await this.lead(caller, job.leadId));
    if (row === undefined) throw new NotFoundError('job', job.jobId);
    return row;
  }

  private reviewed(
    { tenantId }: Caller,
    drafts: readonly Draft[],
    jobs: readonly Job[],
  ): QueueRowView[] {
    const byId = new Map(jobs.map((job) => [job.jobId, job]));
    return drafts.flatMap((draft) => draftRow(tenantId, draft, byId.get(draft.actionId)) ?? []);
  }

  private async unreviewed(
    caller: Caller,
    drafts: readonly Draft[],
    jobs: readonly Job[],
  ): Promise<QueueRowView[]> {
    const known = new Set(drafts.map(({ actionId }) => actionId));
    const others = jobs.filter(({ jobId }) => !known.has(jobId)).slice(0, unreviewedMax);
    return Promise.all(others.map((job) => this.jobRow(caller, job)));
  }

  private async drafts(
    caller: Caller,
    status: QueueStatus | undefined,
    identities: ReadonlySet<string>,
  ): Promise<Draft[]> {
    const wanted =
      status === undefined ? Object.values(actionStatuses).flat() : actionStatuses[status];
    const pages = await Promise.all(
      [...new Set(wanted)].map((each) =>
        this.backend.call(HandService.method.listDrafts, { status: each, limit: rowsMax }, caller),
      ),
    );
    const drafts = pages.flatMap((page) => page.drafts);
    return drafts.filter(({ identityId }) => identities.has(identityId));
  }

  private async companions(caller: Caller): Promise<Set<string>> {
    const method = SyncService.method.listIdentities;
    const { identities } = await this.backend.call(method, { limit: rowsMax }, caller);
    const own = identities.filter(({ provider }) => provider === 'companion');
    return new Set(own.map(({ identityId }) => identityId));
  }

  private async lead(caller: Caller, leadId: string): Promise<Lead | undefined> {
    try {
      return await this.backend.call(CampaignService.method.getLead, { leadId }, caller);
    } catch (error) {
      // Erased meanwhile: the row stays without a name.
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}
