import type { Decider, Instant } from '@overture/kernel';
import {
  hasEnded,
  nextAction,
  type Enrollment,
  type EnrollmentCommand,
  type EnrollmentEvent,
} from '../src/index.js';

export type EnrollmentDecider = Decider<Enrollment, EnrollmentCommand, EnrollmentEvent>;

/** One command of a story: what was decided, and the lead before and after it. */
export interface Happened {
  readonly command: EnrollmentCommand;
  readonly before: Enrollment;
  readonly events: readonly EnrollmentEvent[];
  readonly after: Enrollment;
}

/** A story as a decider lives it; refusals change nothing. */
export function live(decider: EnrollmentDecider, story: readonly EnrollmentCommand[]): Happened[] {
  let state = decider.initialState;
  return story.flatMap((command): Happened[] => {
    const before = state;
    const events = decided(decider, command, before);
    state = events.reduce(decider.evolve, state);
    return events.length === 0 ? [] : [{ command, before, events, after: state }];
  });
}

function decided(decider: EnrollmentDecider, command: EnrollmentCommand, state: Enrollment) {
  try {
    return decider.decide(command, state);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

type Promise = (story: readonly Happened[]) => string[];

/** A promise per invariant, over what truly happened: each gives what broke it. */
export const promises: Readonly<Record<string, Promise>> = {
  I1: (story) => {
    const intended = new Set<string>();
    const done = new Map<string, string>();
    return facts(story).flatMap(({ event, after }) => {
      if (event.type === 'ActionIntended') intended.add(event.data.actionId);
      // It is known that this call had no effect; who says so later is mistaken.
      if (event.type === 'ActionFoundAbsent' || event.type === 'ActionRejected') {
        intended.delete(event.data.actionId);
      }
      if (event.type !== 'ActionSucceeded' || !intended.has(event.data.actionId)) return [];
      const { actionId } = event.data;
      const stepId = after.status === 'new' ? '' : (after.actions[actionId]?.stepId ?? '');
      const first = done.get(stepId);
      done.set(stepId, actionId);
      return first === undefined ? [] : [`${stepId} by ${first} and ${actionId}`];
    });
  },
  I2: (story) => {
    const pauses = new Set<string>();
    const replies = new Set<string>();
    let ended = '';
    return facts(story).flatMap(({ event }) => {
      const closed = [...pauses, ...replies, ended].filter((cause) => cause !== '');
      if (event.type === 'ActionIntended' && closed.length > 0) return [closed.join()];
      if (event.type === 'EnrollmentPaused') pauses.add(event.data.pauseId);
      if (event.type === 'EnrollmentResumed') pauses.delete(event.data.pauseId);
      if (event.type === 'ReplyReceived') replies.add(event.data.messageId);
      if (event.type === 'FurtherReplyReceived') replies.add(event.data.messageId);
      if (event.type === 'ReplyCorrected') replies.delete(event.data.messageId);
      if (ends.has(event.type)) ended = event.type;
      if (reopens.has(event.type)) ended = '';
      return [];
    });
  },
  I6: (story) =>
    story.flatMap(({ command, before, events }) => {
      const intent =
        command.type === 'IntendAction' && events.length > 0 ? command.data : undefined;
      if (intent === undefined || before.status === 'new') return [];
      const { relation, actionId, at } = intent;
      const kind = before.actions[actionId]?.kind;
      const locked = before.reinviteLockedUntil !== undefined && before.reinviteLockedUntil > at;
      const wrong =
        (kind === 'message' && relation !== 'first_degree') ||
        (kind === 'connect' && (relation !== 'not_connected' || locked)) ||
        (kind === 'withdraw' && relation === 'first_degree');
      return wrong ? [`${kind} while ${relation}`] : [];
    }),
  I7: (story) =>
    story.flatMap(({ after }) => {
      const next = nextAction(after);
      const forgotten = next.do === 'await_operator' && next.because === 'nothing_planned';
      const endedEarly = (next.do === 'nothing') !== hasEnded(after);
      return forgotten || endedEarly ? [JSON.stringify(next)] : [];
    }),
  I8: (story) => {
    const open = new Set<string>();
    return facts(story).flatMap(({ event }) => {
      if (event.type === 'EnrollmentPaused') {
        open.add(event.data.pauseId);
        return event.data.cause === '' ? ['no cause'] : [];
      }
      if (event.type !== 'EnrollmentResumed' || open.delete(event.data.pauseId)) return [];
      return [`resumed from ${event.data.pauseId}`];
    });
  },
  I11: (story) => {
    const approved = new Map<string, string>();
    return facts(story).flatMap(({ event }) => {
      if (event.type === 'DraftApproved') approved.set(event.data.actionId, event.data.textSha256);
      if (event.type === 'ActionPlanned' && event.data.restores !== undefined) {
        const before = approved.get(event.data.restores);
        if (before !== undefined) approved.set(event.data.actionId, before);
      }
      if (event.type !== 'ActionIntended') return [];
      const { actionId, textSha256 } = event.data;
      const words = approved.get(actionId);
      return words === undefined || words === textSha256 ? [] : [`${textSha256}, not ${words}`];
    });
  },
  I15: (story) => {
    const ends = new Map<string, Instant>();
    return facts(story).flatMap(({ event }) => {
      if (event.type === 'DraftOpened') ends.set(event.data.actionId, event.data.expiresAt);
      if (event.type === 'ActionPlanned' && event.data.restores !== undefined) {
        const before = ends.get(event.data.restores);
        if (before !== undefined) ends.set(event.data.actionId, before);
      }
      if (event.type !== 'ActionIntended') return [];
      const end = ends.get(event.data.actionId);
      return end === undefined || event.data.at < end ? [] : [`${event.data.at} after ${end}`];
    });
  },
};

function facts(story: readonly Happened[]) {
  return story.flatMap(({ events, after }) => events.map((event) => ({ event, after })));
}

const ends: ReadonlySet<string> = new Set([
  'EnrollmentCompleted',
  'EnrollmentStopped',
  'EnrollmentFailed',
  'EnrollmentSkipped',
  'EnrollmentExpired',
  'EnrollmentWithdrawn',
]);

/** A person, a late acceptance or a correction brings a lead back into its sequence. */
const reopens: ReadonlySet<string> = new Set([
  // Its call may be under way still, and then nothing is planned anew.
  'StopCorrected',
  'ActionPlanned',
  'DraftOpened',
  'TaskOpened',
  'DeadlineSet',
]);
