import { seededBetween } from '@overture/kernel';
import type { Sealed } from '@overture/event-store';
import type { EnrollLead } from '@overture/domain-campaign';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { judgeStanding, type Judgement } from './judge-leads.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow, Standing } from './tables.js';

/** Somebody who has been judged and sealed; without `sealed` they are a lead already. */
export interface Person {
  readonly leadId: string;
  readonly fingerprint: string;
  readonly company: string;
  readonly timeZone: string;
  readonly sealed?: Sealed;
}

interface Admitted {
  readonly leadId: string;
  readonly identityId: string;
  readonly person: Person;
  readonly isNew: boolean;
  /** The lead had a sender before. */
  readonly kept: boolean;
}

/**
 * Makes people leads of the workspace and, with a campaign, enrolls them: rows, names and events in the caller's
 * transaction. Judges once more, because the workspace may have changed since; answers in the order asked.
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
  const judgements: Judgement[] = [];
  const admitted: Admitted[] = [];
  people.forEach((person, index) => {
    const { fingerprint, company } = person;
    const named = { fingerprint, company };
    const judged = judgeStanding(ports, campaignId, named, standings[index]);
    if (judged.verdict !== 'importable') return judgements.push(judged);
    const one = admit(person, campaign, standings[index]);
    admitted.push(one);
    return judgements.push({ ...judged, leadId: one.leadId });
  });
  await insertNew(ports, scope, admitted);
  if (campaign !== undefined) await enroll(ports, scope, campaign, admitted);
  return judgements;
}

function admit(
  person: Person,
  campaign: CampaignRow | undefined,
  standing: Standing | undefined,
): Admitted {
  const leadId = standing?.leadId || person.leadId;
  const identityId = senderOf(leadId, campaign, standing?.identityId ?? '');
  const kept = (standing?.identityId ?? '') !== '';
  return { leadId, identityId, person, isNew: !standing?.leadId, kept };
}

/** A lead keeps its sender for life where the campaign has them; otherwise leads are dealt out evenly (F098). */
function senderOf(leadId: string, campaign: CampaignRow | undefined, kept: string): string {
  if (campaign === undefined) return kept;
  const { identityIds } = campaign;
  if (identityIds.includes(kept)) return kept;
  return identityIds[seededBetween(leadId, 0, identityIds.length - 1)] ?? '';
}

async function insertNew({ leads, clock }: Ports, scope: Scope, admitted: readonly Admitted[]) {
  const createdAt = clock.now();
  const rows = admitted.flatMap(({ leadId, identityId, person, isNew }) => {
    const { fingerprint, company, timeZone, sealed } = person;
    if (!isNew || sealed === undefined) return [];
    return [{ leadId, identityId, fingerprint, company, timeZone, sealed, createdAt }];
  });
  await leads.insert(scope, rows);
  const unsent = admitted.filter(
    ({ isNew, identityId, kept }) => !isNew && identityId !== '' && !kept,
  );
  await leads.keepSender(scope, unsent);
}

async function enroll(
  ports: Ports,
  scope: Scope,
  campaign: CampaignRow,
  admitted: readonly Admitted[],
): Promise<void> {
  if (admitted.length === 0) return;
  const known = admitted.filter(({ isNew }) => !isNew).map(({ leadId }) => leadId);
  const names = await ports.leads.fingerprints(scope, known);
  const at = ports.clock.now();
  const decisions = admitted.map(({ leadId, identityId, person }): EnrollmentDecision => {
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
        fingerprints: names.get(leadId) ?? [person.fingerprint],
        at,
      },
    };
    return { enrollmentId, command };
  });
  await decideEnrollments(ports, scope, decisions, { fresh: true });
  if (campaign.status === 'launched') scope.tx.afterCommit(() => ports.work.wake('start'));
}
