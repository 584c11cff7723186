import { openCampaign } from './run-campaign.js';
import { leadNames } from './lead-details.js';
import type { LaunchTotals } from './enrollments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import { startEnrollments } from './start-enrollments.js';

export interface LaunchResult {
  readonly leadId: string;
  readonly name: string;
  readonly status: 'queued' | 'skipped' | 'error';
  readonly messagesQueued: number;
  readonly reason: string;
}

/** queued, skipped and errors count people, totalMessages counts messages (S2-29, S2-41). */
export interface LaunchReport extends LaunchTotals {
  readonly campaignId: string;
  readonly results: readonly LaunchResult[];
  readonly message: string;
}

/** People listed one by one; the counters always count all of them. */
const resultsMax = 1_000;

/**
 * Opens the campaign and looks at everybody in it: who may be contacted is planned, who may not is passed over with a
 * reason. Launched twice it reports the same; leads that are added later start by themselves.
 */
export async function launchCampaign(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; expectedVersion: number },
): Promise<LaunchReport> {
  const { campaignId } = wanted;
  await inTransaction(ports, caller, (scope) => openCampaign(ports, scope, wanted));
  const { unchecked } = await startEnrollments(ports, caller, campaignId);
  const report = await reportOf(ports, caller, campaignId);
  const message = sentenceOf(report, unchecked);
  if (unchecked !== undefined) ports.work.wake('start');
  return { ...report, message };
}

function reportOf(ports: Ports, caller: Caller, campaignId: string) {
  return inTransaction(ports, caller, async (scope) => {
    const totals = await ports.views.launchTotals(scope, campaignId);
    const people = await ports.views.launchedPeople(scope, campaignId, resultsMax);
    const names = await leadNames(
      ports,
      scope,
      people.map(({ leadId }) => leadId),
    );
    const results = people.map(
      ({ leadId, launchOutcome, messagesQueued, reason }): LaunchResult => {
        const status = launchOutcome === '' ? 'error' : launchOutcome;
        return {
          leadId,
          name: names.get(leadId) ?? '',
          status,
          messagesQueued,
          reason: status === 'queued' ? '' : reason,
        };
      },
    );
    return { campaignId, ...totals, results };
  });
}

function sentenceOf(
  { queued, skipped, errors, totalMessages }: LaunchTotals,
  unchecked: string | undefined,
): string {
  const parts = [
    `${queued} people queued with ${totalMessages} messages`,
    `${skipped} skipped`,
    ...(errors > 0 ? [`${errors} not checked yet`] : []),
  ];
  return `${parts.join(', ')}.${unchecked === undefined ? '' : ` ${unchecked}`}`;
}
