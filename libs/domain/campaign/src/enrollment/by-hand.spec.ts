import { dayMs } from '@overture/kernel';
import { branching, branchingSequence, revised } from '../../test/branching.js';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { connectorSequence } from '../../test/story.js';
import { nextAction } from './next-action.js';
import { currentAction } from './state.js';

const said = { reason: 'asked on the phone', by: 'ada' };

function withTask(): Life {
  const life = new Life().invite();
  life.later(14 * dayMs).pass();
  life.send();
  life.later(2 * dayMs).pass();
  return life;
}

describe('A task (F011)', () => {
  const actionId = 'e-1.8.0';

  it('is nothing the scheduler hears of; a person does it and ticks it off', () => {
    const life = withTask();
    expect(nextAction(life.state)).toMatchObject({ do: 'await_task', actionId });
    const events = life.do('CompleteTask', { actionId, by: 'ada' });
    expect(typesOf(events)).toEqual(['TaskCompleted', 'ActionPlanned']);
    expect(life.do('CompleteTask', { actionId, by: 'ada' })).toEqual([]);
  });

  it('is closed when the lead has replied, and nothing else is a task', () => {
    const life = withTask();
    life.reply();
    expect(refusalOf(() => life.do('CompleteTask', { actionId, by: 'ada' }))).toBe('task/closed');
    const other = { actionId: 'e-1.0.0', by: 'ada' };
    expect(refusalOf(() => life.do('CompleteTask', other))).toBe('task/not-found');
  });
});

describe('A step that is skipped (F018)', () => {
  const skip = (life: Life, stepId: string) => life.do('SkipStep', { ...said, stepId });

  it('is left out with a reason and a name, and the next one keeps its delay (P11)', () => {
    const life = new Life().begin();
    const events = skip(life, 'look');
    expect(typesOf(events)).toEqual(['StepSkipped', 'ActionDropped', 'ActionPlanned']);
    expect(factOf(events, 'StepSkipped')).toMatchObject({
      ...said,
      stepId: 'look',
      actionId: 'e-1.0.0',
    });
    expect(factOf(events, 'ActionPlanned')).toMatchObject({ stepId: 'invite' });
  });

  it('is named: asked for again nothing else is left out, and another step is refused (F018, F112)', () => {
    const life = new Life().begin();
    skip(life, 'look');
    expect(skip(life, 'look')).toEqual([]);
    expect(refusalOf(() => skip(life, 'nudge'))).toBe('step/elsewhere');
    expect(life.lead.skippedSteps).toEqual(['look']);
    life.do('StopEnrollment', { cause: 'asked' });
    expect(skip(life, 'look')).toEqual([]);
  });

  it('may be left out again when an undo has brought it back (M10)', () => {
    const life = new Life().begin();
    const move = { moveId: 'm', from: branchingSequence, ...said };
    life.follow(revised).do('MoveToVersion', move);
    skip(life, 'look');
    life.follow(branching).do('UndoMove', { moveId: 'm', ...said });
    expect(currentAction(life.lead)).toMatchObject({ stepId: 'look', status: 'planned' });
    expect(typesOf(skip(life, 'look'))).toContain('StepSkipped');
  });

  it('has a name also while only an acceptance is waited for (F018)', () => {
    const { deadline } = new Life().invite().lead;
    expect(deadline).toMatchObject({ kind: 'branch', stepId: 'accepted' });
    const withdraws = { ...connectorSequence, steps: connectorSequence.steps.slice(0, 2) };
    const plain = { sequence: { ...withdraws, whenNotAccepted: 'withdraw' as const }, zone: '' };
    const life = new Life(plain).invite();
    expect(life.lead.deadline?.stepId).toBe('~withdrawal');
    expect(typesOf(skip(life, '~withdrawal'))).toEqual(['StepSkipped', 'EnrollmentCompleted']);
  });

  it('takes the no-path of a branch that waits', () => {
    const life = new Life().invite();
    const events = skip(life, 'accepted');
    expect(typesOf(events)).toEqual(['StepSkipped', 'ActionPlanned']);
    expect(factOf(events, 'ActionPlanned').stepId).toBe('note');
  });

  it('may be a task or a draft, and frees who was halted', () => {
    expect(typesOf(skip(withTask(), 'call'))).toEqual([
      'StepSkipped',
      'ActionDropped',
      'ActionPlanned',
    ]);
    const life = new Life().begin('first_degree').later(8 * dayMs);
    life.pass();
    expect(life.lead.status).toBe('halted');
    expect(typesOf(skip(life, 'hello'))).toEqual(['StepSkipped', 'ActionPlanned']);
  });

  it('waits for the call in flight, and there is none before the check or after the end', () => {
    const life = new Life().begin();
    life.do('IntendAction', {
      actionId: 'e-1.0.0',
      epoch: 1,
      textSha256: '',
      syncedAt: life.at,
      relation: 'not_connected',
    });
    expect(refusalOf(() => skip(life, 'look'))).toBe('action/in-flight');
    life.do('StopEnrollment', { cause: 'asked' });
    expect(refusalOf(() => skip(life, 'look'))).toBe('enrollment/ended');
  });
});
