import type { Instant } from '@overture/kernel';
import {
  actionIdIn,
  describeEffect,
  effectsOf,
  pairOf,
  type Broken,
  type History,
  type HistoryEvent,
  type Log,
} from './log.js';

const ends = new Set([
  'EnrollmentCompleted',
  'EnrollmentStopped',
  'EnrollmentFailed',
  'EnrollmentSkipped',
  'EnrollmentExpired',
  'EnrollmentWithdrawn',
]);

/** I2, as LinkedIn saw it: whoever has answered an account hears no more of it. */
export function silentAfterReply(log: Log): Broken[] {
  const repliedAt = new Map<string, Instant>();
  for (const { kind, at, ...pair } of log.happenings) {
    const key = pairOf(pair);
    if (kind === 'reply' && !repliedAt.has(key)) repliedAt.set(key, at);
  }
  return effectsOf(log).flatMap((effect) => {
    const since = repliedAt.get(pairOf(effect));
    // What was under way at that very moment could not know.
    if (since === undefined || effect.at <= since) return [];
    return [{ promise: 'I2', found: `${describeEffect(effect)} after the reply at ${since}` }];
  });
}

/** I2, as the product recorded it: no intent after a reply, an end, or while a pause is open. */
export function silentWhileClosed({ histories }: Log): Broken[] {
  return histories.flatMap(({ events }) => {
    const closed = new Closed();
    return events.flatMap((event) => {
      if (event.type === 'ActionIntended' && closed.because !== '') {
        const found = `${actionIdIn(event)} intended at ${event.at}, ${closed.because}`;
        return [{ promise: 'I2', found }];
      }
      closed.note(event);
      return [];
    });
  });
}

/** Why nothing may go out at this point of a history. */
class Closed {
  private readonly pauses = new Set<unknown>();
  private readonly replies = new Set<unknown>();
  private ended = '';
  private mayReopen = false;

  get because(): string {
    if (this.replies.size > 0) return 'after a reply';
    return this.ended || (this.pauses.size > 0 ? 'paused' : '');
  }

  note(event: HistoryEvent): void {
    this.noteReply(event);
    this.notePause(event);
    this.noteEnd(event);
  }

  /** A message that proved to be no reply closes nothing any more (M14). */
  private noteReply({ type, data }: HistoryEvent): void {
    if (type === 'ReplyReceived' || type === 'FurtherReplyReceived') {
      this.replies.add(data['messageId']);
    }
    if (type === 'ReplyCorrected') this.replies.delete(data['messageId']);
  }

  private notePause({ type, data }: HistoryEvent): void {
    if (type === 'EnrollmentPaused') this.pauses.add(data['pauseId']);
    if (type === 'EnrollmentResumed') this.pauses.delete(data['pauseId']);
  }

  // A failed one is opened again by hand, an unanswered one by who accepts late, a moved one by the undo.
  private noteEnd({ type, at, data }: HistoryEvent): void {
    if (ends.has(type)) {
      this.ended ||= `${type} at ${at}`;
      this.mayReopen = type === 'EnrollmentFailed';
    }
    this.mayReopen ||= reopens.has(type) || data['latePolicy'] !== undefined;
    if (opens.has(type) && this.mayReopen) this.ended = '';
  }
}

const reopens = new Set(['MoveUndone', 'StepSkipped', 'StopCorrected']);
const opens = new Set([
  'ActionPlanned',
  'DraftOpened',
  'TaskOpened',
  'DeadlineSet',
  // Of a call under way: nothing is planned anew.
  'StopCorrected',
]);

/** I8: each pause has a cause, each resume names its pause, and a lead goes on where it stood (S4-53). */
export function pausesKept({ histories }: Log): Broken[] {
  return histories.flatMap((history) => [...namedPauses(history), ...keptPlaces(history)]);
}

function namedPauses({ enrollmentId, events }: History): Broken[] {
  const open = new Set<unknown>();
  return events.flatMap(({ type, at, data: { pauseId, cause } }) => {
    if (type === 'EnrollmentPaused') {
      open.add(pauseId);
      return cause ? [] : [{ promise: 'I8', found: `${enrollmentId} paused at ${at}, no cause` }];
    }
    if (type !== 'EnrollmentResumed' || open.delete(pauseId)) return [];
    return [{ promise: 'I8', found: `${enrollmentId} resumed at ${at} from no pause` }];
  });
}

const movesOn = new Set([
  'ActionSucceeded',
  'InvitationAccepted',
  'InvitationLapsed',
  // What a person asks for is done while a lead is paused, and waits with everything else.
  'DraftApproved',
  'DraftSkipped',
  'TaskCompleted',
  'StepSkipped',
  'EnrollmentMoved',
  'MoveUndone',
  'ReplyCorrected',
  'AcceptanceCorrected',
  'StopCorrected',
]);

/** During a pause nothing is planned anew, unless something from outside moved the lead on. */
function keptPlaces({ enrollmentId, events }: History): Broken[] {
  const open = new Set<unknown>();
  let moved = false;
  return events.flatMap(({ type, at, data: { pauseId } }) => {
    if (type === 'EnrollmentPaused') {
      moved = open.size > 0 && moved;
      open.add(pauseId);
    }
    if (type === 'EnrollmentResumed') open.delete(pauseId);
    moved ||= movesOn.has(type);
    if (type !== 'ActionPlanned' || open.size === 0 || moved) return [];
    return [{ promise: 'I8', found: `${enrollmentId} was planned anew at ${at} while paused` }];
  });
}
