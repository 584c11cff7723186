import { DomainError, msBetween, NotFoundError, type Instant } from '@overture/kernel';
import type { Action, IntendAction, RenderedStep } from '@overture/domain-campaign';
import type { ActionKind } from '@overture/policy';
import { colleagueReplied } from './colleague-stops.js';
import { decideEnrollments, viewEnrollment } from './decide-enrollments.js';
import { openDrafts } from './keep-drafts.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import type { Ports } from './ports.js';
import { refuseOtherWords } from './recorded-words.js';
import { reinviteLock } from './reinvite-lock.js';
import { hashOf, nothingToSay, renderFor } from './render-draft.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { Gate, IntentFacts } from './tables.js';
import { refuseOutsideHours } from './working-hours.js';

export interface Intent {
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly epoch: number;
  readonly syncedAt: Instant;
  readonly relation: IntendAction['data']['relation'];
  /** The month's notes are used up: an invitation goes without one (F027). */
  readonly withoutNote?: boolean;
}

/** Exactly what is to be sent, and to whom. */
export interface Authorisation extends RenderedStep {
  readonly textSha256: string;
  readonly profileUrl: string;
  readonly kind: ActionKind;
  readonly messageType: string;
  /** Every keyed name the person is known by. */
  readonly fingerprints: readonly string[];
}

/**
 * The last word before a provider call (reliability §4). In one transaction: the gates are held, do-not-contact, the
 * calendars of both sides and the age of the look into the conversation are checked, the text is rendered from the recorded
 * version, and the intent is appended with the version it was decided on. No answer, no send.
 */
export function intendAction(ports: Ports, caller: Caller, intent: Intent): Promise<Authorisation> {
  return inTransaction(ports, caller, async (scope) => {
    const { enrollmentId } = intent;
    // The first lock of all: whoever closes one of them waits for this intent, or this intent sees it closed (P5).
    refuseClosed(await ports.intents.hold(scope, enrollmentId));
    const facts = await ports.intents.facts(scope, enrollmentId);
    if (facts === undefined) throw new NotFoundError('enrollment', enrollmentId);
    refuseListed(facts);
    refuseWorkedElsewhere(facts);
    refuseAfterColleague(facts);
    refuseOutsideHours(facts, ports.clock.now());
    refuseUnlessSynced(ports, intent);
    return record(ports, scope, intent, facts);
  });
}

const gatesPerEnrollment = 4;

function refuseClosed(held: readonly Gate[]): void {
  const closed = held.find(({ open }) => !open);
  // An enrollment that does not exist has none; it is refused as what it is.
  if (closed === undefined && (held.length === 0 || held.length === gatesPerEnrollment)) return;
  const { kind = 'gate', cause = 'missing' } = closed ?? {};
  throw new DomainError('gate/closed', `The gate of the ${kind} is closed: ${cause}.`, {
    kind,
    cause,
  });
}

function refuseListed({ listed }: IntentFacts): void {
  if (!listed) return;
  throw new DomainError('do-not-contact/listed', 'This person or company is not to be contacted.');
}

// Rules change, people prove to be one, what had ended begins again: the last word is here (I9).
function refuseWorkedElsewhere({ workedElsewhere }: IntentFacts): void {
  if (!workedElsewhere) return;
  throw new DomainError(
    'person/worked-elsewhere',
    'Another campaign of this workspace is working this person.',
  );
}

// Who joined, or was brought back, after somebody of the company had answered; a loop stops them (F034).
function refuseAfterColleague({ colleagueReplied: has }: IntentFacts): void {
  if (!has) return;
  throw new DomainError(colleagueReplied, 'Somebody of the same company has answered.');
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
  { enrollmentId, actionId, epoch, syncedAt, relation, withoutNote = false }: Intent,
  facts: IntentFacts,
): Promise<Authorisation> {
  const view = await viewEnrollment(scope, enrollmentId);
  const [lead] = await openLeads(ports, scope, [facts.lead]);
  const action = view.state.status === 'new' ? undefined : view.state.actions[actionId];
  const saying = { action, facts, lead: lead as LeadDetails, withoutNote };
  const rendered = await said(ports, scope, saying);
  const textSha256 = hashOf(rendered);
  if (action?.status === 'intended' && action.epoch === epoch) {
    await refuseOtherWords(scope, { enrollmentId, actionId, epoch }, textSha256);
  }
  const locked = action?.kind === 'connect' && (await reinviteLock(ports, scope, view.state));
  const command: IntendAction = {
    type: 'IntendAction',
    data: { actionId, epoch, textSha256, syncedAt, relation, ...locked, at: ports.clock.now() },
  };
  await decideEnrollments(ports, scope, [{ enrollmentId, command, view }]);
  const profileUrl = addressOf(ports, scope, lead as LeadDetails);
  const { kind, messageType } = action as Action & { kind: ActionKind };
  const { fingerprints } = facts.lead;
  return { ...rendered, textSha256, profileUrl, kind, messageType, fingerprints };
}

// What was approved is sent as it was approved, whatever has changed since (I11); everything else is rendered now.
async function said(
  ports: Ports,
  scope: Scope,
  { action, facts, lead, withoutNote }: Saying,
): Promise<RenderedStep> {
  const draft = action?.expiresAt && (await ports.drafts.find(scope, action.actionId));
  if (draft) return (await openDrafts(ports, scope, [draft]))[0] ?? nothingToSay;
  if (withoutNote && action?.kind === 'connect') return nothingToSay;
  return renderFor(facts.steps, action, { lead, tier: facts.tier });
}

interface Saying {
  readonly action: Action | undefined;
  readonly facts: IntentFacts;
  readonly lead: LeadDetails;
  readonly withoutNote: boolean;
}

function addressOf({ names }: Ports, { tenantId }: Scope, { erased, linkedinUrl }: LeadDetails) {
  if (erased) throw new DomainError('lead/erased', 'This person was erased.');
  const name = names.read(tenantId, linkedinUrl);
  if ('sendUrl' in name) return name.sendUrl;
  throw new DomainError('lead/no-address', 'This person has no address on LinkedIn.');
}
