import type { Instant } from '@overture/kernel';
import type { CampaignStatus } from '@overture/domain-campaign';
import { gatesOf } from './campaigns.js';
import { findCampaign } from './decide-campaign.js';
import type { QuietGroup } from './enrollments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import type { Gate } from './tables.js';

/** Why a campaign is quiet (F140, P07). */
export interface ExplainedCampaign {
  readonly campaignId: string;
  readonly status: CampaignStatus;
  /** What holds all of it. */
  readonly closed: readonly Gate[];
  /** Its leads by what they wait for or how they ended, the largest group first. */
  readonly groups: readonly QuietGroup[];
  readonly sentence: string;
}

export function explainCampaign(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<ExplainedCampaign> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await findCampaign(ports, scope, campaignId);
    const closed = await ports.gates.closed(scope, gatesOf(scope, row));
    const groups = await ports.views.quietGroups(scope, campaignId);
    const { status } = row;
    const sentence = heldBecause(status, closed) ?? sentenceOfLeads(groups, ports.clock.now());
    return { campaignId, status, closed, groups, sentence };
  });
}

function heldBecause(status: CampaignStatus, closed: readonly Gate[]): string | undefined {
  if (status === 'draft') return 'It was never launched.';
  if (status === 'finished' || status === 'archived') return `It is ${status}.`;
  if (closed.length === 0) return undefined;
  const which = closed.map(({ kind, cause }) => `${kind}: ${cause || 'closed'}`).join('; ');
  return `It is held (${which}).`;
}

function sentenceOfLeads(groups: readonly QuietGroup[], now: Instant): string {
  if (groups.length === 0) return 'It has no leads.';
  const [largest] = groups.filter(({ ended }) => !ended);
  if (largest === undefined) return 'All its leads have come to an end.';
  const { leads, status } = largest;
  const most = `${leads === 1 ? 'One lead is' : `${leads} leads are`} ${status}${reasonOf(largest)}`;
  return `${most}; ${outlookOf(earliestOf(groups), now)}`;
}

// What is due goes when the rules of pacing allow it; those the scheduler explains.
function outlookOf(next: Instant | undefined, now: Instant): string {
  if (next === undefined) return 'nothing happens by itself, somebody has to act.';
  if (next <= now) return 'something is due, and goes as hours, pauses and caps allow.';
  return `the next thing can happen at ${next}.`;
}

function reasonOf({ reason }: QuietGroup): string {
  return reason === '' ? '' : ` (${reason.replaceAll('_', ' ')})`;
}

function earliestOf(groups: readonly QuietGroup[]): Instant | undefined {
  const instants = groups.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
  return instants.sort()[0];
}
