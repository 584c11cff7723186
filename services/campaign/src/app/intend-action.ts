import { createHash } from 'node:crypto';
import { DomainError, msBetween, NotFoundError, type Instant } from '@overture/kernel';
import {
  fieldValues,
  renderAction,
  type Action,
  type Enrolled,
  type IntendAction,
} from '@overture/domain-campaign';
import { isOpen, nextOpening, zoneFor, type ActionKind } from '@overture/policy';
import { decideEnrollments, viewEnrollment } from './decide-enrollments.js';
import { findCampaign } from './decide-campaign.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow, GateName, LeadRow } from './tables.js';

export interface Intent {
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly epoch: number;
  readonly syncedAt: Instant;
  readonly relation: IntendAction['data']['relation'];
}

/** Exactly what is to be sent, and to whom. */
export interface Authorisation {
  readonly text: string;
  readonly textSha256: string;
  readonly profileUrl: string;
  readonly kind: ActionKind;
  readonly messageType: string;
}

/**
 * The last word before a provider call (reliability §4). In one transaction: the gates are held, do-not-contact, the
 * working hours and the age of the look into the conversation are checked, the text is rendered from the recorded
 * version, and the intent is appended with the version it was decided on. No answer, no send.
 */
export function intendAction(ports: Ports, caller: Caller, intent: Intent): Promise<Authorisation> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await ports.enrollments.find(scope, intent.enrollmentId);
    if (row === undefined) throw new NotFoundError('enrollment', intent.enrollmentId);
    const { campaignId, identityId, leadId } = row;
    // The first lock of all: whoever closes one of them waits for this intent, or this intent sees it closed (P5).
    await holdGates(ports, scope, { campaignId, identityId });
    const campaign = await findCampaign(ports, scope, campaignId);
    const lead = await contactable(ports, scope, leadId);
    refuseOutsideHours(ports, campaign, lead);
    refuseUnlessSynced(ports, intent);
    return record(ports, scope, intent, lead);
  });
}

async function holdGates(
  { gates }: Ports,
  scope: Scope,
  { campaignId, identityId }: { campaignId: string; identityId: string },
): Promise<void> {
  const names: GateName[] = [
    { kind: 'workspace', gateId: scope.tenantId },
    { kind: 'campaign', gateId: campaignId },
    { kind: 'identity', gateId: identityId },
    { kind: 'login', gateId: identityId },
  ];
  const held = await gates.hold(scope, names);
  const closed = held.find(({ open }) => !open);
  if (closed === undefined && held.length === names.length) return;
  const { kind = 'gate', cause = 'missing' } = closed ?? {};
  throw new DomainError('gate/closed', `The gate of the ${kind} is closed: ${cause}.`, {
    kind,
    cause,
  });
}

async function contactable(ports: Ports, scope: Scope, leadId: string): Promise<LeadRow> {
  const [lead] = await ports.leads.find(scope, [leadId]);
  if (lead === undefined) throw new NotFoundError('lead', leadId);
  if (await ports.doNotContact.lists(scope, lead)) {
    throw new DomainError(
      'do-not-contact/listed',
      'This person or company is not to be contacted.',
    );
  }
  return lead;
}

function refuseOutsideHours({ clock }: Ports, { schedule }: CampaignRow, { timeZone }: LeadRow) {
  const now = clock.now();
  const zone = zoneFor(timeZone, schedule);
  if (isOpen(schedule, zone, now)) return;
  const opensAt = nextOpening(schedule, zone, now) ?? '';
  throw new DomainError('window/closed', `Outside working hours in ${zone} until ${opensAt}.`, {
    zone,
    opensAt,
  });
}

function refuseUnlessSynced({ clock, rules }: Ports, { syncedAt }: Intent): void {
  const ageMs = msBetween(syncedAt, clock.now());
  if (ageMs <= rules.syncAgeMsMax) return;
  throw new DomainError('sync/stale', `The conversation was last seen ${ageMs} ms ago.`, {
    syncedAt,
    ageMsMax: rules.syncAgeMsMax,
  });
}

async function record(
  ports: Ports,
  scope: Scope,
  intent: Intent,
  row: LeadRow,
): Promise<Authorisation> {
  const view = await viewEnrollment(scope, intent.enrollmentId);
  const { state } = view;
  const action = state.status === 'new' ? undefined : state.actions[intent.actionId];
  const [lead] = await openLeads(ports, scope, [row]);
  const text =
    action && lead ? await render(ports, scope, state as Enrolled, { action, lead }) : '';
  const textSha256 = createHash('sha256').update(text).digest('hex');
  const { actionId, epoch, syncedAt, relation } = intent;
  const command: IntendAction = {
    type: 'IntendAction',
    data: { actionId, epoch, textSha256, syncedAt, relation, at: ports.clock.now() },
  };
  const { enrollmentId } = intent;
  await decideEnrollments(ports, scope, [{ enrollmentId, command, view }]);
  const profileUrl = addressOf(ports, scope, lead as LeadDetails);
  const { kind, messageType } = action as Action;
  return { text, textSha256, profileUrl, kind, messageType };
}

async function render(
  { campaigns, identities }: Ports,
  scope: Scope,
  { campaignId, sequenceVersion, identityId }: Enrolled,
  { action, lead }: { action: Action; lead: LeadDetails },
): Promise<string> {
  const { steps } = await campaigns.sequence(scope, campaignId, sequenceVersion);
  const step = steps[action.step];
  if (step === undefined || step.text === '') return '';
  return renderAction(step, fieldValues(lead), await identities.tierOf(scope, identityId));
}

function addressOf({ names }: Ports, { tenantId }: Scope, { erased, linkedinUrl }: LeadDetails) {
  if (erased) throw new DomainError('lead/erased', 'This person was erased.');
  const name = names.read(tenantId, linkedinUrl);
  if ('sendUrl' in name) return name.sendUrl;
  throw new DomainError('lead/no-address', 'This person has no address on LinkedIn.');
}
