import { DomainError } from '@overture/kernel';
import { openForLeads } from './add-leads.js';
import { findCampaign } from './decide-campaign.js';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { enroll, type Admitted } from './enroll-leads.js';
import { judgeStanding } from './judge-leads.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow, PageOf, PageWanted, Standing } from './tables.js';

export interface MoveWanted extends PageWanted {
  readonly campaignId: string;
  readonly toCampaignId: string;
}

export interface MoveVerdict {
  readonly leadId: string;
  readonly verdict: 'moved' | 'already_moved' | 'refused';
  readonly reason: string;
  readonly identityId: string;
}

/** Somebody who accepted the invitation of a connector campaign. */
export interface AcceptedLead {
  readonly enrollmentId: string;
  readonly leadId: string;
  readonly identityId: string;
  readonly status: string;
  readonly fingerprint: string;
  readonly company: string;
}

/**
 * Moves a page of the accepted leads of a connector campaign into a messenger campaign, one verdict each (F058, S2-56).
 * Moved twice they are there once; each keeps the identity that is connected to it (F098).
 */
export function moveAccepted(
  ports: Ports,
  caller: Caller,
  wanted: MoveWanted,
): Promise<PageOf<MoveVerdict>> {
  return inTransaction(ports, caller, async (scope) => {
    const to = await openForLeads(ports, scope, wanted.toCampaignId);
    const { campaignId } = wanted;
    refuseOtherTypes(await findCampaign(ports, scope, campaignId), to);
    await ports.leads.lockAdding(scope);
    const page = await ports.enrollments.accepted(scope, wanted);
    const standings = await ports.leads.standings(scope, to.campaignId, page.items, campaignId);
    const judged = page.items.map((lead, index) => {
      return { lead, standing: standings[index], ...judge(lead, to, standings[index]) };
    });
    const moving = judged.filter(({ verdict }) => verdict === 'moved');
    await leave(
      ports,
      scope,
      moving.map(({ lead }) => lead),
    );
    await enroll(ports, scope, to, moving.map(admitted));
    const items = judged.map(({ lead: { leadId, identityId }, verdict, reason }): MoveVerdict => {
      return { leadId, verdict, reason, identityId };
    });
    return { items, nextCursor: page.nextCursor };
  });
}

function refuseOtherTypes(from: CampaignRow, to: CampaignRow): void {
  if (from.type !== 'connector') {
    const message = 'Only a connector campaign wins connections; this one is a messenger.';
    throw new DomainError('campaign/not-connector', message, { campaignId: from.campaignId });
  }
  if (to.type === 'messenger') return;
  const message = 'Connections are moved into a messenger campaign; this one is a connector.';
  throw new DomainError('campaign/not-messenger', message, { campaignId: to.campaignId });
}

type Judged = Pick<MoveVerdict, 'verdict' | 'reason'>;

function judge(lead: AcceptedLead, to: CampaignRow, standing: Standing | undefined): Judged {
  if (standing?.inCampaign) return { verdict: 'already_moved', reason: '' };
  const reason = refusal(lead, to, standing);
  return { verdict: reason === '' ? 'moved' : 'refused', reason };
}

const overBecause: Readonly<Record<string, string>> = {
  replied: 'This lead has replied; a person has taken over.',
  stopped: 'This lead was stopped.',
  failed: 'This lead failed in the campaign it is to leave.',
};

function refusal(lead: AcceptedLead, to: CampaignRow, standing: Standing | undefined): string {
  const over = overBecause[lead.status];
  if (over !== undefined) return over;
  if (standing !== undefined && standing.leadId !== lead.leadId) {
    return 'This lead is shown as the duplicate of another.';
  }
  if (!to.identityIds.includes(lead.identityId)) {
    return 'The campaign does not have the identity that this lead is connected to.';
  }
  const judged = judgeStanding(to.campaignId, lead, standing);
  return judged.verdict === 'importable' ? '' : judged.reason;
}

// What the connector campaign still had for them is over; the one call in flight ends by itself (P5).
async function leave(ports: Ports, scope: Scope, leads: readonly AcceptedLead[]): Promise<void> {
  const data = { cause: 'moved_to_campaign', at: ports.clock.now() };
  const decisions = leads.map(({ enrollmentId }): EnrollmentDecision => {
    return { enrollmentId, command: { type: 'StopEnrollment', data } };
  });
  await decideEnrollments(ports, scope, decisions);
  if (leads.length > 0) scope.tx.afterCommit(() => ports.work.wake('finish'));
}

function admitted({
  lead: { leadId, identityId, fingerprint },
  standing,
}: {
  lead: AcceptedLead;
  standing: Standing | undefined;
}): Admitted {
  const fingerprints = standing?.fingerprints ?? [fingerprint];
  return { leadId, identityId, fingerprints, isNew: false, kept: true };
}
