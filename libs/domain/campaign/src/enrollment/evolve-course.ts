import { latest } from '@overture/kernel';
import type {
  BranchTaken,
  CourseEvent,
  EnrollmentMoved,
  InvitationLapsed,
  MoveUndone,
  ReplyCorrected,
  StepSkipped,
  TaskOpened,
} from './course-events.js';
import type { ReplyReceived } from './events.js';
import { opened, withAction } from './evolve-action.js';
import { stepName } from './ids.js';
import { awaitsAnswer, standAgain, standing, standingOf } from './standing.js';
import { hasEnded, type Enrolled } from './state.js';
import { invitationGone } from './unanswered.js';

export function evolveCourse(state: Enrolled, event: CourseEvent | ReplyReceived): Enrolled {
  switch (event.type) {
    case 'ReplyReceived':
      return replied(state, event.data);
    case 'FurtherReplyReceived':
      return { ...state, replies: [...state.replies, replyOf(event.data)] };
    case 'ReplyCorrected':
      return notReplied(state, event.data);
    case 'AcceptanceCorrected':
      return notAccepted(state);
    case 'StopCorrected':
      return notStopped(state);
    case 'BranchTaken':
      return branched(state, event.data);
    case 'TaskOpened':
      return given(state, event.data);
    case 'TaskCompleted':
      return withAction(state, event.data, 'done');
    case 'StepSkipped':
      return skipped(state, event.data);
    case 'EnrollmentMoved':
      return moved(state, event.data);
    case 'InvitationLapsed':
      return lapsed(state, event.data);
    case 'MoveUndone':
      return movedBack(state, event.data);
  }
}

function replied(state: Enrolled, data: ReplyReceived['data']): Enrolled {
  return {
    ...state,
    status: 'replied',
    because: '',
    repliedAt: data.repliedAt,
    replies: [...state.replies, replyOf(data)],
    // A reply that came first and was none has its own way back already.
    beforeReply:
      state.status === 'replied' ? (state.beforeReply ?? standing(state)) : standing(state),
  };
}

function replyOf({
  messageId,
  repliedAt,
}: {
  messageId: string;
  repliedAt: ReplyReceived['data']['repliedAt'];
}) {
  return { messageId, repliedAt };
}

function notReplied(state: Enrolled, { messageId }: ReplyCorrected['data']): Enrolled {
  const replies = state.replies.filter((reply) => reply.messageId !== messageId);
  const known = { ...state, replies, noReplies: [...state.noReplies, messageId] };
  const [first] = replies;
  if (first !== undefined) return { ...known, repliedAt: first.repliedAt };
  const { repliedAt: _, beforeReply, ...rest } = known;
  return beforeReply === undefined ? rest : standAgain(rest, beforeReply);
}

function notAccepted(state: Enrolled): Enrolled {
  const { acceptedAt: _, beforeAcceptance, ...known } = state;
  const rest = { ...known, misjudged: true } as const;
  if (beforeAcceptance === undefined) return rest;
  if (!hasEnded(state)) return standAgain(rest, beforeAcceptance);
  // Whoever replied meanwhile has replied; only the way back from that changes.
  return state.beforeReply === undefined ? rest : { ...rest, beforeReply: beforeAcceptance };
}

function notStopped(state: Enrolled): Enrolled {
  const { beforeStop, ...rest } = state;
  return beforeStop === undefined ? rest : standAgain(rest, beforeStop);
}

function branched(state: Enrolled, { step, outcome, because, at }: BranchTaken['data']): Enrolled {
  const { deadline: _, ...rest } = state;
  const gone = because.startsWith('not_accepted') || because === invitationGone;
  const gaveUp = outcome === 'no' && gone;
  return gaveUp ? { ...rest, closed: { at, step } } : rest;
}

function given(state: Enrolled, data: TaskOpened['data']): Enrolled {
  const { actionId, step, dueAt } = data;
  const task = {
    actionId,
    step,
    stepId: stepName(data),
    kind: 'task',
    messageType: '',
    status: 'todo',
    epoch: 0,
    notBefore: dueAt,
  } as const;
  return opened(state, task, standingOf(state));
}

function skipped(state: Enrolled, { stepId }: StepSkipped['data']): Enrolled {
  const { deadline: _, ...rest } = state;
  return { ...rest, skippedSteps: [...rest.skippedSteps, stepId] };
}

function moved(state: Enrolled, { moveId, toVersion }: EnrollmentMoved['data']): Enrolled {
  const knownActions = Object.keys(state.actions);
  const beforeMove = { ...standing(state), moveId, knownActions };
  return { ...state, sequenceVersion: toVersion, beforeMove };
}

function lapsed(state: Enrolled, data: InvitationLapsed['data']): Enrolled {
  const { reinviteLockedUntil: known = data.reinviteLockedUntil } = state;
  const reinviteLockedUntil = latest(known, data.reinviteLockedUntil);
  return { ...state, reinviteLockedUntil, ...(awaitsAnswer(state) && { invitation: 'lapsed' }) };
}

function movedBack(state: Enrolled, { moveId }: MoveUndone['data']): Enrolled {
  const { beforeMove, ...rest } = state;
  return beforeMove?.moveId === moveId ? standAgain(rest, beforeMove) : state;
}
