import { seededBetween } from '@overture/kernel';
import type { EnrollLead } from '@overture/domain-campaign';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { judgeStanding, type Judgement } from './judge-leads.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow, Standing } from './tables.js';

/** Somebody who has been judged. */
export interface Person {
  readonly leadId: string;
  readonly fingerprint: string;
  readonly company: string;
  readonly timeZone: string;
}

/** Somebody who becomes a lead of the workspace, or is one already, and who their sender is. */
export interface Admitted<P extends Person = Person> {
  readonly leadId: string;
  readonly identityId: string;
  readonly person: P;
  readonly isNew: boolean;
  readonly fingerprints: readonly string[];
  /** The lead had a sender before. */
  readonly kept: boolean;
}

export interface Admission<P extends Person> {
  /** Absent: into the workspace only. */
  readonly campaign: CampaignRow | undefined;
  readonly people: readonly P[];
  /** Writes the rows of those who are new. */
  readonly insert: (newcomers: readonly Admitted<P>[]) => Promise<void>;
}

/**
 * Makes people leads of the workspace and, with a campaign, enrolls them: rows, names and events in the caller's
 * transaction. Judges once more, because the workspace may have changed since; answers in the order asked.
 */
export async function enrollLeads<P extends Person>(
  ports: Ports,
  scope: Scope,
  { campaign, people, insert }: Admission<P>,
): Promise<Judgement[]> {
  await ports.leads.lockAdding(scope);
  const campaignId = campaign?.campaignId ?? '';
  const standings = await ports.leads.standings(scope, campaignId, people);
  const judgements: Judgement[] = [];
  const admitted: Admitted<P>[] = [];
  people.forEach((person, index) => {
    const { fingerprint, company } = person;
    const named = { fingerprint, company };
    const judged = judgeStanding(ports, campaignId, named, standings[index]);
    if (judged.verdict !== 'importable') return judgements.push(judged);
    const one = admit(person, campaign, standings[index]);
    admitted.push(one);
    return judgements.push({ ...judged, leadId: one.leadId });
  });
  await settleLeads(ports, scope, admitted, insert);
  if (campaign !== undefined) await enroll(ports, scope, campaign, admitted);
  return judgements;
}

function admit<P extends Person>(
  person: P,
  campaign: CampaignRow | undefined,
  standing: Standing | undefined,
): Admitted<P> {
  const isNew = !standing?.leadId;
  const leadId = standing?.leadId || person.leadId;
  const had = standing?.identityId ?? '';
  const fingerprints = isNew ? [person.fingerprint] : standing.fingerprints;
  const identityId = senderOf(leadId, campaign, had);
  return { leadId, identityId, person, isNew, fingerprints, kept: had !== '' };
}

/** A lead keeps its sender for life where the campaign has them; otherwise leads are dealt out evenly (F098). */
function senderOf(leadId: string, campaign: CampaignRow | undefined, kept: string): string {
  if (campaign === undefined) return kept;
  const { identityIds } = campaign;
  if (identityIds.includes(kept)) return kept;
  return identityIds[seededBetween(leadId, 0, identityIds.length - 1)] ?? '';
}

async function settleLeads<P extends Person>(
  { leads }: Ports,
  scope: Scope,
  admitted: readonly Admitted<P>[],
  insert: Admission<P>['insert'],
): Promise<void> {
  const newcomers = admitted.filter(({ isNew }) => isNew);
  await insert(newcomers);
  const names = newcomers.map(({ leadId, person }) => {
    return { leadId, fingerprint: person.fingerprint };
  });
  await leads.name(scope, names);
  const withoutSender = admitted.filter(({ isNew, kept }) => !isNew && !kept);
  if (withoutSender.length > 0) await leads.keepSender(scope, withoutSender);
}

async function enroll(
  ports: Ports,
  scope: Scope,
  campaign: CampaignRow,
  admitted: readonly Admitted[],
): Promise<void> {
  if (admitted.length === 0) return;
  const at = ports.clock.now();
  const decisions = admitted.map(({ leadId, identityId, fingerprints }): EnrollmentDecision => {
    const enrollmentId = newId(at);
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
