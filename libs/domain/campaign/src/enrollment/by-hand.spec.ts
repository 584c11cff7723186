import { dayMs } from '@overture/kernel';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { nextAction } from './next-action.js';

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
  const skip = (life: Life, stepId = '') => life.do('SkipStep', { ...said, stepId });

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
    expect(skip(life, 'look')).toEqual([]);
    expect(refusalOf(() => skip(life, 'nudge'))).toBe('step/elsewhere');
  });

  it('takes the no-path of a branch that waits', () => {
    const life = new Life().invite();
    const events = skip(life);
    expect(typesOf(events)).toEqual(['StepSkipped', 'ActionPlanned']);
    expect(factOf(events, 'ActionPlanned').stepId).toBe('note');
  });

  it('may be a task or a draft, and frees who was halted', () => {
    expect(typesOf(skip(withTask()))).toEqual(['StepSkipped', 'ActionDropped', 'ActionPlanned']);
    const life = new Life().begin('first_degree').later(8 * dayMs);
    life.pass();
    expect(life.lead.status).toBe('halted');
    expect(typesOf(skip(life))).toEqual(['StepSkipped', 'ActionPlanned']);
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
    expect(refusalOf(() => skip(life))).toBe('action/in-flight');
    life.do('StopEnrollment', { cause: 'asked' });
    expect(refusalOf(() => skip(life))).toBe('enrollment/ended');
  });
});
