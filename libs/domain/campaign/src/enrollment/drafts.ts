import { DomainError, latest, type Instant } from '@overture/kernel';
import type { ApproveDraft, EditDraft, SkipDraft } from './commands.js';
import type { EnrollmentEvent, Plan } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { drop } from './drops.js';
import { actionOf } from './move-on.js';
import { unlocked } from './open-step.js';
import { proceed, stepAfter } from './plan.js';
import { currentAction, hasEnded, isInFlight, type Action, type Enrolled } from './state.js';

/** A draft is edited until it is approved (F070). */
export function editDraft({ data }: EditDraft, state: Enrolled): EnrollmentEvent[] {
  const draft = draftOf(state, data.actionId);
  if (draft.status === 'drafted' && draft.editedSha256 === data.textSha256) return [];
  refuseUnlessOpen(state, draft, data.at);
  return [{ type: 'DraftEdited', data }];
}

/** From here on it goes like any other plan, with exactly the approved text (F069, I11, S3-32). */
export function approveDraft({ data }: ApproveDraft, state: Enrolled): EnrollmentEvent[] {
  const draft = draftOf(state, data.actionId);
  if (draft.approvedSha256 === data.textSha256 && draft.status !== 'dropped') return [];
  refuseUnlessOpen(state, draft, data.at);
  const plan = draft.plan as Plan;
  const asked = latest(plan.notBefore, data.at);
  const notBefore = plan.kind === 'connect' ? unlocked(state, asked) : asked;
  return [
    { type: 'DraftApproved', data },
    { type: 'ActionPlanned', data: { ...plan, notBefore, at: data.at } },
  ];
}

/** A draft that is not wanted, approved or not: the lead goes on with the next step (S3-21). */
export function skipDraft(
  { data: { planning, ...said } }: SkipDraft,
  state: Enrolled,
): EnrollmentEvent[] {
  const draft = draftOf(state, said.actionId);
  if (draft.status === 'dropped') return [];
  if (draft.status !== 'planned') refuseUnlessOpen(state, draft);
  if (hasEnded(state)) return [];
  const dropped = draft.status === 'planned' ? [drop(draft, 'draft_skipped', said.at)] : [];
  const skipped: EnrollmentEvent = { type: 'DraftSkipped', data: said };
  const known = evolveEnrolled(state, skipped);
  const timing = { at: said.at, since: said.at };
  const next = stepAfter(planning.sequence, draft.step);
  return [skipped, ...dropped, ...proceed(known, next, planning, timing)];
}

/** Nobody sent it in time: cold drafts are never sent; a person may ask for a fresh one (F071, S3-42, I15). */
export function expireDraft(state: Enrolled, at: Instant): EnrollmentEvent[] {
  const draft = currentAction(state);
  if (draft === undefined) return [];
  const { actionId } = draft;
  const dropped = draft.status === 'planned' ? [drop(draft, draftExpired, at)] : [];
  return [
    { type: 'DraftExpired', data: { actionId, at } },
    ...dropped,
    { type: 'EnrollmentHalted', data: { actionId, cause: draftExpired, at } },
  ];
}

const draftExpired = 'draft_expired';

function draftOf(state: Enrolled, actionId: string): Action {
  const action = actionOf(state, actionId);
  if (action.expiresAt !== undefined) return action;
  throw new DomainError('draft/not-found', 'This action needs no approval.', { actionId });
}

function refuseUnlessOpen(state: Enrolled, draft: Action, at?: Instant): void {
  const { actionId, status, expiresAt = '' } = draft;
  if (status !== 'drafted' || hasEnded(state)) throw notOpen(state, draft);
  if (at === undefined || at < expiresAt) return;
  throw new DomainError('draft/expired', `This draft expired at ${expiresAt}.`, {
    actionId,
    expiresAt,
  });
}

function notOpen(state: Enrolled, draft: Action): DomainError {
  const { actionId, status } = draft;
  if (isInFlight(draft) || status === 'sent') {
    return new DomainError('draft/sent', 'This draft is being sent already.', { actionId });
  }
  if (status === 'planned') {
    return new DomainError('draft/approved', 'This draft was approved already.', { actionId });
  }
  return new DomainError('draft/closed', `This draft waits no longer: ${state.status}.`, {
    actionId,
    status: state.status,
  });
}
