import { latest, plus, type Instant } from '@overture/kernel';
import {
  currentAction,
  deadlineOf,
  type Action,
  type Enrolled,
  type EnrollmentCommand,
  type Planning,
} from '../src/index.js';
import { branching, branchingSequence, revised, revisedSequence } from './branching.js';
import { command } from './story.js';

type Tell = (at: Instant) => EnrollmentCommand;

const said = { reason: 'asked', by: 'ada' };
const forColleague = { cause: 'colleague_replied', colleagueLeadId: 'l-2', companyKey: 'acme' };

/** Of the version the lead follows. */
export function planningFor({ sequenceVersion }: Pick<Enrolled, 'sequenceVersion'>): Planning {
  return sequenceVersion === 2 ? revised : branching;
}

/** What sensible people and a punctual clock do; empty: it is not their turn. */
export function senseByHand(state: Enrolled, planning: Planning): Tell[] {
  if (state.status === 'stopped' && state.beforeStop !== undefined) {
    return [(at) => command('CorrectStop', { ...said, planning }, at)];
  }
  const turn = turnOf(state, planning);
  const moveId = state.beforeMove?.moveId;
  if (moveId === undefined || turn.length === 0) return turn;
  return [...turn, (at) => command('UndoMove', { moveId, planning: branching, ...said }, at)];
}

function turnOf(state: Enrolled, planning: Planning): Tell[] {
  const action = currentAction(state);
  if (action?.status === 'todo') return [complete(action, planning)];
  if (action?.status === 'drafted') {
    const decisions = [edit(action, 'new'), skipDraft(action, planning)];
    return [approve(action, 'abc'), approve(action, 'abc'), ...decisions];
  }
  if (action?.status === 'planned' && action.approvedSha256 !== undefined) return sends(action);
  const dueAt = deadlineOf(state);
  if (state.deadline === undefined || dueAt === undefined) return [];
  const pass: Tell = (at) => command('PassDeadline', { planning }, latest(at, dueAt));
  return state.deadline.kind === 'wait' ? [pass] : [pass, accept(planning), accept(planning)];
}

/** What people do at any time, asked for or not. */
export function byHand(state: Enrolled, planning: Planning): Tell[] {
  const other = planning === revised ? branching : revised;
  const from = planning === revised ? revisedSequence : branchingSequence;
  const back = planning === revised ? branching : planning;
  const drafts = Object.values(state.actions).filter(({ expiresAt }) => expiresAt !== undefined);
  return [
    (at) => command('CorrectReply', { messageId: '', ...said, planning }, at),
    (at) => command('CorrectReply', { messageId: 'm-1', ...said, planning }, at),
    (at) => command('CorrectAcceptance', { ...said, planning }, at),
    (at) => command('StopEnrollment', forColleague, at),
    ...['move-1', 'move-2'].flatMap((moveId): Tell[] => [
      (at) => command('MoveToVersion', { moveId, from, planning: other, ...said }, at),
      (at) => command('UndoMove', { moveId, planning: back, ...said }, at),
    ]),
    ...['look', 'hello', 'note', 'back'].map(
      (stepId): Tell =>
        (at) =>
          command('SkipStep', { stepId, ...said, planning }, at),
    ),
    ...drafts.flatMap((draft) => [
      approve(draft, 'abc'),
      approve(draft, 'other'),
      edit(draft, 'other'),
      skipDraft(draft, planning),
      tooLate(draft, planning),
      ...intents(draft),
    ]),
    ...Object.values(state.actions).flatMap((action) => [
      complete(action, planning),
      ...misjudged(action),
    ]),
  ];
}

/** A sender with the approved words, and now and then with others. */
function sends({ actionId, epoch, notBefore, approvedSha256 = '' }: Action): Tell[] {
  const relation = 'first_degree' as const;
  return [approvedSha256, approvedSha256, approvedSha256, 'other'].map(
    (textSha256): Tell =>
      (at) => {
        const when = latest(at, notBefore);
        const claim = { actionId, epoch: epoch + 1, relation };
        return command('IntendAction', { ...claim, textSha256, syncedAt: when }, when);
      },
  );
}

/** A sender with other words than the approved ones, and one that comes when the draft is cold. */
function intents({ actionId, epoch, notBefore, expiresAt = notBefore }: Action): Tell[] {
  const claim = { actionId, epoch: epoch + 1, relation: 'first_degree' as const };
  return [
    (at) => {
      const when = latest(at, notBefore);
      return command('IntendAction', { ...claim, textSha256: 'other', syncedAt: when }, when);
    },
    (at) => {
      const when = latest(at, expiresAt);
      return command('IntendAction', { ...claim, textSha256: 'abc', syncedAt: when }, when);
    },
  ];
}

/** A sender that finds another relation than everybody believed in. */
function misjudged({ actionId, epoch, notBefore, approvedSha256 = 'abc' }: Action): Tell[] {
  const claim = { actionId, epoch: epoch + 1, textSha256: approvedSha256 };
  return (['not_connected', 'pending', 'first_degree'] as const).map((relation): Tell => (at) => {
    const when = latest(at, notBefore);
    return command('IntendAction', { ...claim, syncedAt: when, relation }, when);
  });
}

function tooLate({ expiresAt }: Action, planning: Planning): Tell {
  return (at) => command('PassDeadline', { planning }, latest(at, plus(expiresAt ?? at, 1)));
}

function approve({ actionId }: Action, textSha256: string): Tell {
  return (at) => command('ApproveDraft', { actionId, textSha256, by: 'ada' }, at);
}

function edit({ actionId }: Action, textSha256: string): Tell {
  return (at) => command('EditDraft', { actionId, textSha256, by: 'ada' }, at);
}

function skipDraft({ actionId }: Action, planning: Planning): Tell {
  return (at) => command('SkipDraft', { actionId, ...said, planning }, at);
}

function complete({ actionId }: Action, planning: Planning): Tell {
  return (at) => command('CompleteTask', { actionId, by: 'ada', planning }, at);
}

function accept(planning: Planning): Tell {
  return (at) => command('RecordAcceptance', { acceptedAt: at, witness: 'sync', planning }, at);
}
