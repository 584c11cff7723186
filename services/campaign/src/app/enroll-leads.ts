import { seededBetween } from '@overture/kernel';
import type { EnrollLead } from '@overture/domain-campaign';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { judgeStanding, type Judgement } from './judge-leads.js';
import { newIds } from './new-id.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow, Standing } from './tables.js';

/** Somebody who has been judged. */
export interface Person {
  readonly leadId: string;
  readonly fingerprint: string;
  readonly company: string;
  /** Every name they are shown under, where more than one is known. */
  readonly names?: readonly string[];
}

/** Somebody who is admitted, and who their sender is. */
export interface Admitted {
  readonly leadId: string;
  readonly identityId: string;
  readonly fingerprints: readonly string[];
  readonly isNew: boolean;
  /** The lead had a sender before. */
  readonly kept: boolean;
}

/**
 * Makes people, whose rows are there, leads of the workspace and, with a campaign, enrolls them: names and events in the
 * caller's transaction. Judges once more, because the workspace may have changed since; answers in the order asked.
 */
export async function enrollLeads(
  ports: Ports,
  scope: Scope,
  campaign: CampaignRow | undefined,
  people: readonly Person[],
): Promise<Judgement[]> {
  await ports.leads.lockAdding(scope);
  const campaignId = campaign?.campaignId ?? '';
  const standings = await ports.leads.standings(scope, campaignId, people);
  const admitted: Admitted[] = [];
  const judgements = people.map((person, index): Judgement => {
    const standing = standings[index];
    const judged = judgeStanding(campaignId, person, standing);
    if (judged.verdict !== 'importable') return judged;
    const one = admit(person, campaign, standing);
    admitted.push(one);
    return { ...judged, leadId: one.leadId };
  });
  // The names are written while the enrollments are decided.
  await Promise.all([
    settleLeads(ports, scope, admitted),
    campaign && enroll(ports, scope, campaign, admitted),
  ]);
  const unused = people.filter(({ leadId }, index) => isUnused(leadId, judgements[index]));
  if (unused.length > 0)
    await ports.leads.discard(
      scope,
      unused.map(({ leadId }) => leadId),
    );
  return judgements;
}

/** The name they are judged by comes first. */
export function namesOf({ fingerprint, names = [] }: Person): string[] {
  return [...new Set([fingerprint, ...names])];
}

/** The sender that a new lead of a campaign gets; known before they are admitted. */
export function senderOfNew(leadId: string, campaign: CampaignRow | undefined): string {
  return senderOf(leadId, campaign, '');
}

// Somebody who became a lead by another way, or may not be one any more, after their row was written.
function isUnused(leadId: string, judged: Judgement | undefined): boolean {
  return judged?.verdict === 'rejected' || judged?.leadId !== leadId;
}

function admit(
  person: Person,
  campaign: CampaignRow | undefined,
  standing: Standing | undefined,
): Admitted {
  const isNew = !standing?.leadId;
  const leadId = standing?.leadId || person.leadId;
  const had = standing?.identityId ?? '';
  const fingerprints = isNew ? namesOf(person) : standing.fingerprints;
  return {
    leadId,
    identityId: senderOf(leadId, campaign, had),
    fingerprints,
    isNew,
    kept: had !== '',
  };
}

/** A lead keeps its sender for life where the campaign has them; otherwise leads are dealt out evenly (F098). */
function senderOf(leadId: string, campaign: CampaignRow | undefined, kept: string): string {
  if (campaign === undefined) return kept;
  const { identityIds } = campaign;
  if (identityIds.includes(kept)) return kept;
  return identityIds[seededBetween(leadId, 0, identityIds.length - 1)] ?? '';
}

async function settleLeads(
  { leads }: Ports,
  scope: Scope,
  admitted: readonly Admitted[],
): Promise<void> {
  const names = admitted.flatMap(({ isNew, leadId, fingerprints }) =>
    isNew ? fingerprints.map((fingerprint) => ({ leadId, fingerprint })) : [],
  );
  await leads.name(scope, names);
  const withoutSender = admitted.filter(({ isNew, kept }) => !isNew && !kept);
  if (withoutSender.length > 0) await leads.keepSender(scope, withoutSender);
}

/** Begins a campaign for people who are leads already. */
export async function enroll(
  ports: Ports,
  scope: Scope,
  campaign: CampaignRow,
  admitted: readonly Admitted[],
): Promise<void> {
  if (admitted.length === 0) return;
  const at = ports.clock.now();
  const freshId = newIds(at);
  const decisions = admitted.map(({ leadId, identityId, fingerprints }): EnrollmentDecision => {
    const enrollmentId = freshId();
    const command: EnrollLead = {
      type: 'EnrollLead',
      data: {
        enrollmentId,
        campaignId: campaign.campaignId,
        leadId,
        identityId,
        campaignType: campaign.type,
        sequenceVersion: campaign.sequenceVersion,
        fingerprints,
        at,
      },
    };
    return { enrollmentId, command };
  });
  await decideEnrollments(ports, scope, decisions, { fresh: true });
  if (campaign.status === 'launched') scope.tx.afterCommit(() => ports.work.wake('start'));
}
