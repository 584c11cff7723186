import { dayMs, plus } from '@overture/kernel';
import { branching, branchingSequence, revised, revisedSequence } from '../../test/branching.js';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { previewMove } from './versions.js';

const said = { reason: 'better words', by: 'ada' };
const move = (life: Life, moveId = 'move-1') =>
  life.follow(revised).do('MoveToVersion', { moveId, from: branchingSequence, ...said });
const undo = (life: Life, moveId = 'move-1') =>
  life.follow(branching).do('UndoMove', { moveId, ...said });
const preview = (life: Life) => previewMove(life.state, branchingSequence, revisedSequence);

/** Who has said hello and waits to be nudged. */
function greeted(): Life {
  const life = new Life().begin('first_degree');
  life.do('ApproveDraft', { actionId: 'e-1.3.0', textSha256: 'abc', by: 'ada' });
  life.send();
  return life;
}

describe('A lead that is moved to another version (F016, M10, P16)', () => {
  it('stays at its step, with the new delay counted from where the old one began', () => {
    const life = greeted();
    const before = life.lead.actions['e-1.4.0'];
    expect(preview(life)).toEqual({ lands: 'same_step', step: 4, stepId: 'nudge' });
    const events = move(life);
    expect(typesOf(events)).toEqual([
      'EnrollmentMoved',
      'ActionDropped',
      'SequencePlanned',
      'ActionPlanned',
    ]);
    expect(factOf(events, 'EnrollmentMoved')).toMatchObject({
      fromVersion: 1,
      toVersion: 2,
      ...said,
    });
    expect(factOf(events, 'ActionPlanned')).toMatchObject({
      actionId: 'e-1.4.1',
      notBefore: plus(before!.notBefore, dayMs),
    });
    expect(move(life)).toEqual([]);
  });

  it('keeps waiting for its acceptance, the days not begun anew', () => {
    const life = new Life().invite().later(5 * dayMs);
    const { dueAt } = life.lead.deadline!;
    expect(preview(life)).toMatchObject({ lands: 'same_step', stepId: 'accepted' });
    expect(factOf(move(life), 'DeadlineSet').dueAt).toBe(dueAt);
  });

  it('goes to the first step it has not done when its own is gone', () => {
    const life = new Life().invite();
    life.later(14 * dayMs).pass();
    life.send();
    expect(preview(life)).toMatchObject({ lands: 'first_open_step', stepId: 'accepted' });
    expect(factOf(move(life), 'DeadlineSet').kind).toBe('branch');
  });

  it('is not invited again by a version that begins with an invitation (I6, I1)', () => {
    const life = new Life().invite();
    move(life);
    const connects = life.history.filter(
      (event) => event.type === 'ActionPlanned' && event.data.kind === 'connect',
    );
    expect(connects).toHaveLength(1);
  });

  it('follows it from the start when nobody has looked at it yet', () => {
    const life = new Life();
    const campaignType = 'connector' as const;
    const ref = { enrollmentId: 'e-1', campaignId: 'c-1', leadId: 'l-1', identityId: 'i-1' };
    life.do('EnrollLead', { ...ref, campaignType, sequenceVersion: 1, fingerprints: [] });
    expect(typesOf(move(life))).toEqual(['EnrollmentMoved']);
    life.do('CheckRelation', { relation: 'first_degree', lastMessageFromLead: false });
    expect(life.lead.sequenceVersion).toBe(2);
  });

  it.each([
    [
      'in_flight',
      (life: Life) =>
        life.do('IntendAction', {
          actionId: 'e-1.4.0',
          epoch: 1,
          textSha256: '',
          syncedAt: life.later(4 * dayMs).at,
          relation: 'first_degree',
        }),
    ],
    ['replied', (life: Life) => life.reply()],
    ['stopped', (life: Life) => life.do('StopEnrollment', { cause: 'asked' })],
  ])('is left where it is while %s, as its preview says', (because, happen) => {
    const life = greeted();
    happen(life);
    expect(preview(life)).toEqual({ lands: 'nowhere', because });
    expect(refusalOf(() => move(life))).toBe('move/refused');
  });
});

describe('The undo of a move (M10)', () => {
  it('brings back exactly the plan from before', () => {
    const life = greeted();
    const before = life.lead.actions['e-1.4.0']!;
    move(life);
    const events = undo(life.later(dayMs));
    expect(typesOf(events)).toEqual(['ActionDropped', 'MoveUndone', 'ActionPlanned']);
    const { actionId: _, at: __, restores, ...plan } = factOf(events, 'ActionPlanned');
    const { actionId, ...planned } = before.plan!;
    expect(restores).toBe(actionId);
    expect(plan).toEqual(planned);
    expect(life.lead).toMatchObject({ sequenceVersion: 1, status: 'messaging' });
    expect(undo(life)).toEqual([]);
  });

  it('brings back the wait with the same end', () => {
    const life = new Life().invite();
    const { deadline } = life.lead;
    move(life.later(2 * dayMs));
    undo(life.later(dayMs));
    expect(life.lead.deadline).toEqual(deadline);
  });

  it('brings back a draft with its time to live', () => {
    const life = new Life().begin('first_degree');
    const { expiresAt } = life.lead.actions['e-1.3.0']!;
    move(life);
    expect(factOf(undo(life.later(dayMs)), 'DraftOpened')).toMatchObject({
      restores: 'e-1.3.0',
      expiresAt,
    });
  });

  it('is refused once the lead has gone on', () => {
    const life = greeted();
    move(life);
    life.send();
    expect(refusalOf(() => undo(life))).toBe('move/gone-on');
  });
});
