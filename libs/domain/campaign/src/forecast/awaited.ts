import { plus, type Instant } from '@overture/kernel';
import { isConnected } from '../enrollment/standing.js';
import { currentAction, hasEnded, type Enrolled } from '../enrollment/state.js';
import type { PlayedLead } from './played-lead.js';
import type { Answers } from './world.js';

/** What somebody may answer that was asked before the forecast began. */
export interface Awaited {
  readonly what: 'accept' | 'approve';
  readonly token: string;
  readonly at: Instant;
}

/** Drafts and invitations that are open when the forecast begins are answered like those to come. */
export function awaitedAtFirst(lead: PlayedLead, answers: Answers, now: Instant): Awaited[] {
  const { state } = lead;
  if (state.status === 'new' || hasEnded(state)) return [];
  return [...approval(lead, answers, now), ...acceptance(lead, state, answers, now)];
}

// Whoever takes so long to approve takes so long from now on.
function approval({ known }: PlayedLead, answers: Answers, now: Instant): Awaited[] {
  // As it stood: what is drafted from here on is awaited when it is opened.
  const draft = known.state.status === 'new' ? undefined : currentAction(known.state);
  if (draft?.status !== 'drafted' || known.unapprovable) return [];
  const afterMs = answers.approvesAfterMs(known, draft.step);
  if (afterMs === undefined) return [];
  return [{ what: 'approve', token: draft.actionId, at: plus(now, afterMs) }];
}

// Whoever would have accepted by now has not, and does not: the facts know better than the draw.
function acceptance(
  { known }: PlayedLead,
  state: Enrolled,
  answers: Answers,
  now: Instant,
): Awaited[] {
  if (state.invitation !== 'open' || isConnected(state)) return [];
  const accepts = answers.accepts(known);
  if (accepts === undefined) return [];
  const since = state.invitedAt ?? now;
  const at = plus(since, accepts.seenAfterMs);
  return at < now ? [] : [{ what: 'accept', token: plus(since, accepts.afterMs), at }];
}
