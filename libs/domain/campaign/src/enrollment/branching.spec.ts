import { dayMs, plus } from '@overture/kernel';
import { branching } from '../../test/branching.js';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { on } from '../../test/story.js';
import type { Planning } from './commands.js';
import { deadlineOf } from './deadlines.js';
import { nextAction } from './next-action.js';
import { reinviteLockMs } from './open-step.js';

const days = (count: number): number => count * dayMs;

function planning(over: Partial<Planning['sequence']>): Planning {
  return { ...branching, sequence: { ...branching.sequence, ...over } };
}

describe('A branch on the acceptance (F013)', () => {
  it('waits, and says until when (I7)', () => {
    const life = new Life().invite();
    expect(nextAction(life.state)).toEqual({ do: 'await_acceptance', until: on(15) });
    expect(life.lead.status).toBe('invited');
  });

  it('goes the yes-path when it is accepted, the delay counted from then', () => {
    const life = new Life().invite().later(days(3));
    const events = life.accept();
    expect(typesOf(events)).toEqual(['InvitationAccepted', 'BranchTaken', 'DraftOpened']);
    expect(factOf(events, 'BranchTaken')).toMatchObject({
      stepId: 'accepted',
      outcome: 'yes',
      because: 'accepted',
      passedOver: [5, 6, 7, 8, 9],
    });
    expect(factOf(events, 'DraftOpened').notBefore).toBe(plus(life.at, dayMs));
  });

  it('goes the no-path when the days are over, never before', () => {
    const life = new Life().invite();
    expect(life.later(days(13)).pass()).toEqual([]);
    const events = life.later(days(1)).pass();
    expect(typesOf(events)).toEqual(['BranchTaken', 'ActionPlanned']);
    expect(factOf(events, 'BranchTaken').because).toBe('not_accepted_within_14_days');
    expect(factOf(events, 'ActionPlanned')).toMatchObject({ kind: 'inmail', stepId: 'note' });
  });

  it('is decided at once for whom is connected already (S4-19)', () => {
    const life = new Life().begin('first_degree');
    expect(typesOf(life.history)).toContain('BranchTaken');
    expect(life.lead.actions['e-1.3.0']?.status).toBe('drafted');
  });

  it('waits no longer than before after a pause that hid nothing (I8)', () => {
    const life = new Life().invite();
    life.do('PauseEnrollment', { pauseId: 'p-1', cause: 'asked' });
    expect(life.later(days(20)).pass()).toEqual([]);
    const events = life.do('ResumeEnrollment', { pauseId: 'p-1', reason: 'back' });
    expect(typesOf(events)).toEqual(['EnrollmentResumed', 'DeadlineSet']);
    expect(factOf(events, 'EnrollmentResumed').reason).toBe('back');
    expect(deadlineOf(life.lead)).toBe(plus(life.at, dayMs));
  });
});

describe('The no-path (F012)', () => {
  const refused = () => {
    const life = new Life().invite().later(days(14));
    life.pass();
    return life;
  };

  it('sends its InMail in the variant of this lead, once (F009, F067)', () => {
    const life = refused();
    expect(life.lead.actions['e-1.5.0']?.plan?.variantId).toMatch(/^[ab]$/);
    expect(typesOf(life.send())).toEqual(['ActionSucceeded', 'DeadlineSet']);
  });

  it('waits where it says so, then asks a field, and records no personal value', () => {
    const life = refused();
    life.send();
    expect(nextAction(life.state)).toMatchObject({
      do: 'await_time',
      until: plus(life.at, days(2)),
    });
    const events = life.later(days(2)).pass();
    expect(typesOf(events)).toEqual(['BranchTaken', 'TaskOpened']);
    expect(factOf(events, 'BranchTaken').because).toBe('field_contains:custom.vip');
    expect(JSON.stringify(life.history)).not.toMatch(/platinum/i);
  });

  it('takes the other way for whom the field says otherwise', () => {
    const life = new Life({ ...branching, fields: { 'custom.vip': 'no' } }).invite();
    life.later(days(14)).pass();
    life.send();
    const events = life.later(days(2)).pass();
    expect(factOf(events, 'BranchTaken').outcome).toBe('no');
    expect(factOf(events, 'ActionPlanned').kind).toBe('withdraw');
  });

  it('withdraws the invitation and remembers the lock (F014, P21)', () => {
    const life = refused();
    life.send();
    life.later(days(2)).pass();
    life.do('CompleteTask', { actionId: 'e-1.8.0', by: 'ada' });
    expect(typesOf(life.send(''))).toEqual(['ActionSucceeded', 'EnrollmentCompleted']);
    expect(life.lead.invitation).toBe('withdrawn');
  });

  it('drops a withdrawal nobody needs: the invitation was accepted or is gone', () => {
    const life = refused();
    life.send();
    life.later(days(2)).pass();
    life.do('CompleteTask', { actionId: 'e-1.8.0', by: 'ada' });
    const claim = { actionId: 'e-1.9.0', epoch: 1 };
    const events = life.do('RecordReleased', { ...claim, cause: 'relation/no-invitation' });
    expect(typesOf(events)).toEqual(['ActionDropped', 'EnrollmentCompleted']);
  });
});

describe('Stale invitations (F014)', () => {
  const withdrawing = planning({
    whenNotAccepted: 'withdraw',
    steps: branching.sequence.steps.slice(0, 2),
  });

  it('are taken back after the days of the sequence, where it says so', () => {
    const life = new Life(withdrawing).invite();
    expect(nextAction(life.state)).toMatchObject({ do: 'await_acceptance', until: on(22) });
    expect(typesOf(life.later(days(21)).pass())).toEqual(['ActionPlanned']);
    expect(typesOf(life.send(''))).toEqual(['ActionSucceeded', 'EnrollmentWithdrawn']);
  });

  it('lock the next one for 21 days: planned after it, refused before it (I6)', () => {
    const until = on(10);
    const life = new Life();
    life.begin('not_connected', { reinviteLockedUntil: until });
    life.send();
    expect(life.lead.actions['e-1.1.0']?.notBefore).toBe(until);
    life.later(days(11));
    const claim = { actionId: 'e-1.1.0', epoch: 1, textSha256: 'a', syncedAt: life.at };
    const intend = (over: object) => () =>
      life.do('IntendAction', { ...claim, relation: 'not_connected', ...over });
    const reinviteLockedUntil = plus(life.at, reinviteLockMs);
    expect(refusalOf(intend({ reinviteLockedUntil }))).toBe('relation/reinvite-locked');
    expect(refusalOf(intend({ relation: 'pending' }))).toBe('relation/invitation-pending');
    expect(typesOf(intend({})())).toEqual(['ActionIntended']);
  });
});

describe('Who accepts when nobody waits any more (F015, P09)', () => {
  const late = (lateAcceptance: 'message' | 'park' | 'ignore') => {
    const life = new Life(planning({ lateAcceptance })).invite().later(days(14));
    life.pass();
    life.later(days(1));
    return life;
  };

  it('is written to, if the sequence says so', () => {
    const events = late('message').accept();
    expect(typesOf(events)).toEqual(['InvitationAccepted', 'ActionDropped', 'DraftOpened']);
    expect(factOf(events, 'InvitationAccepted')).toMatchObject({
      closedAt: on(15),
      latePolicy: 'message',
    });
    expect(factOf(events, 'DraftOpened').stepId).toBe('hello');
  });

  it('is parked for a person, and a retry lets the lead in', () => {
    const life = late('park');
    expect(typesOf(life.accept())).toEqual([
      'InvitationAccepted',
      'ActionDropped',
      'EnrollmentHalted',
    ]);
    expect(nextAction(life.state)).toEqual({ do: 'await_operator', because: 'late_acceptance' });
    expect(factOf(life.do('RetryAction', { reason: 'welcome' }), 'DraftOpened').stepId).toBe(
      'hello',
    );
  });

  it('changes nothing otherwise: the no-path goes on', () => {
    const life = late('ignore');
    expect(typesOf(life.accept())).toEqual(['InvitationAccepted']);
    expect(nextAction(life.state)).toMatchObject({ do: 'send', actionId: 'e-1.5.0' });
  });

  it('comes back after the end only where nobody else works this person (I9)', () => {
    const plain = planning({
      steps: branching.sequence.steps.filter(
        ({ kind }) => kind === 'connect' || kind === 'message',
      ),
    });
    const ended = () => {
      const life = new Life(plain).begin();
      life.send();
      life.later(days(30)).pass();
      return life;
    };
    expect(ended().lead.status).toBe('expired');
    expect(typesOf(ended().accept())).toEqual(['InvitationAccepted', 'DraftOpened']);
    const life = ended();
    const seen = { acceptedAt: life.at, witness: 'sync', mayReopen: false };
    expect(typesOf(life.do('RecordAcceptance', seen))).toEqual(['InvitationAccepted']);
  });
});

describe('A branch on an earlier reply (F012)', () => {
  const steps = [
    {
      kind: 'branch',
      delayMs: 0,
      text: '',
      branch: { when: 'replied_before', yes: 'call', no: 'invite' },
    },
    { id: 'call', kind: 'task', delayMs: 0, text: 'Call', next: 'end' },
    { id: 'invite', kind: 'connect', delayMs: 0, text: '' },
  ] as const;

  it('asks what the check of the relation found', () => {
    const knows = new Life(planning({ steps })).begin('not_connected', { repliedBefore: true });
    expect(typesOf(knows.history).slice(-2)).toEqual(['BranchTaken', 'TaskOpened']);
    const stranger = new Life(planning({ steps })).begin();
    expect(typesOf(stranger.history).slice(-2)).toEqual(['BranchTaken', 'ActionPlanned']);
  });
});

it('All that may come is listed from the start, with the shortest time (S2-17, F043)', () => {
  const { steps } = factOf(new Life().begin().history, 'SequencePlanned');
  expect(steps.map(({ stepId, plannedAt }) => [stepId, plannedAt])).toEqual([
    ['look', on(0)],
    ['invite', on(1)],
    ['hello', on(2)],
    ['nudge', on(5)],
    ['note', on(15)],
    ['call', on(18)],
    ['back', on(17)],
  ]);
});

it('New leads go before follow-ups where a campaign says so (F020)', () => {
  const priorityOf = (first: 'follow_ups' | 'new_leads') =>
    factOf(new Life({ ...branching, first }).begin().history, 'ActionPlanned').priority;
  expect(priorityOf('new_leads')).toBeLessThan(priorityOf('follow_ups'));
});
