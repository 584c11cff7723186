import { DomainError, type Instant } from '@overture/kernel';
import type { EnrollmentCommand } from '../enrollment/commands.js';
import { deadlineOf } from '../enrollment/deadlines.js';
import { enrollment } from '../enrollment/decide.js';
import type { EnrollmentEvent, Plan, Relation } from '../enrollment/events.js';
import { isConnected } from '../enrollment/standing.js';
import {
  currentAction,
  hasEnded,
  isPaused,
  type Enrolled,
  type Enrollment,
} from '../enrollment/state.js';
import type { KnownLead } from './world.js';

/** A lead as the forecast lives it, decided by the decider that runs live. */
export class PlayedLead {
  state: Enrollment;
  /** The deadline that is on the agenda. */
  watchedDeadline: Instant | undefined;

  constructor(readonly known: KnownLead) {
    this.state = known.state;
  }

  /** What waits for its turn from before the forecast. */
  waitingPlan(): Plan | undefined {
    if (this.state.status === 'new' || !this.isUnderWay()) return undefined;
    const action = currentAction(this.state);
    return action?.status === 'planned' ? action.plan : undefined;
  }

  /** What happens to it at once: a launched campaign looks at whoever it has not looked at. */
  opening(at: Instant): EnrollmentCommand[] {
    if (this.state.status !== 'checking' || !this.isUnderWay()) return [];
    const { relation, look, planning } = this.known;
    const data = { relation, lastMessageFromLead: false, ...look, planning, at };
    return [{ type: 'CheckRelation', data }];
  }

  /** The intent and its success; a call takes no time in a forecast. */
  sending(actionId: string, at: Instant): EnrollmentCommand[] {
    const { state } = this;
    const action = state.status === 'new' ? undefined : state.actions[actionId];
    if (state.status === 'new' || action === undefined) return [];
    const epoch = action.epoch + 1;
    const textSha256 = action.approvedSha256 ?? '';
    const seen = { syncedAt: at, relation: relationFor(state) };
    const { planning } = this.known;
    return [
      { type: 'IntendAction', data: { actionId, epoch, textSha256, ...seen, at } },
      { type: 'RecordAccepted', data: { actionId, epoch, planning, at } },
    ];
  }

  /** What people and time do to it; undefined when it no longer matters. */
  commandFor(what: string, token: string, at: Instant): EnrollmentCommand | undefined {
    const { state } = this;
    if (state.status === 'new') return undefined;
    const { planning } = this.known;
    const witness = 'forecast';
    switch (what) {
      case 'accept':
        return {
          type: 'RecordAcceptance',
          data: { acceptedAt: token as Instant, witness, planning, at },
        };
      case 'reply':
        return {
          type: 'RecordReply',
          data: { messageId: `${witness}-${token}`, repliedAt: at, witness, at },
        };
      case 'approve':
        return state.actions[token]?.status === 'drafted'
          ? { type: 'ApproveDraft', data: { actionId: token, textSha256: '', by: witness, at } }
          : undefined;
      default:
        return deadlineOf(state) === token
          ? { type: 'PassDeadline', data: { planning, at } }
          : undefined;
    }
  }

  decide(command: EnrollmentCommand): readonly EnrollmentEvent[] {
    try {
      const events = enrollment.decide(command, this.state);
      for (const event of events) this.state = enrollment.evolve(this.state, event);
      return events;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [];
    }
  }

  stepOf(actionId: string): number {
    return this.state.status === 'new' ? 0 : (this.state.actions[actionId]?.step ?? 0);
  }

  hasText(step: number): boolean {
    return (this.known.planning.sequence.steps[step]?.text ?? '') !== '';
  }

  private isUnderWay(): boolean {
    const { state } = this;
    return state.status !== 'new' && !hasEnded(state) && !isPaused(state);
  }
}

function relationFor(state: Enrolled): Relation | 'unknown' {
  if (isConnected(state)) return 'first_degree';
  return state.invitation === 'open' ? 'pending' : 'not_connected';
}
