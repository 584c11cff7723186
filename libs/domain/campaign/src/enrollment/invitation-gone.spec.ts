import { dayMs, plus } from '@overture/kernel';
import { branching } from '../../test/branching.js';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { connector } from '../../test/story.js';
import { explainEnrollment } from '../explain/explain.js';
import type { Planning } from './commands.js';
import { recordInvitationGone } from './invitation-gone.js';
import { currentAction } from './state.js';

/** Sync has missed it twice; sent a day before it is gone unless told otherwise. */
function gone(life: Life, witness = 'sent_invitations') {
  const { at } = life;
  const reinviteLockedUntil = plus(at, 21 * dayMs);
  const seen = { sentAt: plus(at, -dayMs), goneAt: at, witness, reinviteLockedUntil };
  return life.do('RecordInvitationGone', seen);
}

const plain = (over: object): Planning => {
  return { ...connector, sequence: { ...connector.sequence, ...over } };
};
const withdraws = plain({ whenNotAccepted: 'withdraw' });

describe('An invitation that is gone without an acceptance (F014)', () => {
  it('takes the other way of a branch at once: nobody can accept any more (F013)', () => {
    const life = new Life().invite().later(dayMs);
    const events = gone(life);
    expect(typesOf(events)).toEqual(['InvitationLapsed', 'BranchTaken', 'ActionPlanned']);
    expect(factOf(events, 'BranchTaken')).toMatchObject({
      outcome: 'no',
      because: 'invitation_gone',
    });
    expect(factOf(events, 'ActionPlanned')).toMatchObject({ stepId: 'note', notBefore: life.at });
  });

  it('ends who needs the acceptance: expired, or withdrawn where it was to be taken back (F014)', () => {
    const expired = gone(new Life(connector).invite().later(dayMs));
    expect(typesOf(expired)).toEqual(['InvitationLapsed', 'EnrollmentExpired']);
    const withdrawn = gone(new Life(withdraws).invite().later(dayMs));
    expect(typesOf(withdrawn)).toEqual(['InvitationLapsed', 'EnrollmentWithdrawn']);
    expect(factOf(withdrawn, 'EnrollmentWithdrawn').cause).toBe('invitation_gone');
  });

  it('leaves nothing to withdraw', () => {
    const life = new Life(withdraws).invite().later(22 * dayMs);
    life.pass();
    expect(currentAction(life.lead)).toMatchObject({ kind: 'withdraw', status: 'planned' });
    const events = gone(life);
    expect(typesOf(events)).toEqual(['InvitationLapsed', 'ActionDropped', 'EnrollmentWithdrawn']);
    expect(life.lead.status).toBe('withdrawn');
  });

  it('is not waited for by a later step', () => {
    const steps = connector.sequence.steps.flatMap((step) =>
      step.kind === 'connect' ? [step, { kind: 'wait', delayMs: 3 * dayMs, text: '' }] : [step],
    );
    const life = new Life(plain({ steps })).invite().later(dayMs);
    expect(typesOf(gone(life))).toEqual(['InvitationLapsed']);
    life.later(3 * dayMs);
    expect(typesOf(life.pass())).toEqual(['EnrollmentExpired']);
    const known = new Life().invite().later(dayMs);
    gone(known);
    known.send();
    known.later(2 * dayMs).pass();
    known.later(dayMs).do('CompleteTask', { actionId: 'e-1.8.0', by: 'ada' });
    expect(known.lead).toMatchObject({ status: 'completed', invitation: 'lapsed' });
  });

  it('is learnt once, whoever sees it again, and never for a messenger or after an acceptance', () => {
    const life = new Life().invite().later(dayMs);
    gone(life);
    expect(gone(life.later(dayMs))).toEqual([]);
    const connected = new Life().invite();
    connected.accept();
    expect(gone(connected.later(dayMs))).toEqual([]);
    const messenger = { ...connected.lead, campaignType: 'messenger' as const };
    const { at } = connected;
    const data = { sentAt: at, goneAt: at, witness: 'sent_invitations', reinviteLockedUntil: at };
    const command = {
      type: 'RecordInvitationGone' as const,
      data: { ...data, planning: branching, at },
    };
    expect(recordInvitationGone(command, messenger)).toEqual([]);
  });

  it('was an older one when ours went out later', () => {
    const life = new Life().invite();
    const { at } = life;
    const seen = { sentAt: plus(at, -9 * dayMs), goneAt: plus(at, -dayMs), witness: 'sweep' };
    const events = life.do('RecordInvitationGone', { ...seen, reinviteLockedUntil: at });
    expect(events).toEqual([]);
    expect(life.lead).toMatchObject({ status: 'invited', invitation: 'open' });
  });

  it('is no news of a withdrawal of our own, before or after its outcome', () => {
    const life = new Life(withdraws).invite().later(22 * dayMs);
    life.pass();
    const { actionId } = currentAction(life.lead)!;
    const claim = { actionId, epoch: 1 };
    const intent = { ...claim, textSha256: 'abc', syncedAt: life.at, relation: 'pending' } as const;
    life.do('IntendAction', intent);
    expect(gone(life, 'withdrawn')).toEqual([]);
    life.do('RecordAccepted', claim);
    expect(life.lead.status).toBe('withdrawn');
    expect(gone(life, 'withdrawn')).toEqual([]);
  });

  it('keeps the fact of whoever is halted, has ended, or only waits for time', () => {
    const ended = new Life().invite();
    ended.do('StopEnrollment', { cause: 'asked' });
    expect(typesOf(gone(ended.later(dayMs)))).toEqual(['InvitationLapsed']);
    expect(ended.lead).toMatchObject({ status: 'stopped', invitation: 'lapsed' });
    expect(gone(ended.later(dayMs))).toEqual([]);
  });

  it('that was accepted after all follows the policy for late ones (F015, P09)', () => {
    const life = new Life(plain({ lateAcceptance: 'park' })).invite().later(dayMs);
    gone(life);
    const events = life.later(dayMs).accept();
    expect(typesOf(events)).toEqual(['InvitationAccepted', 'EnrollmentHalted']);
    const other = new Life().invite().later(dayMs);
    gone(other);
    expect(factOf(other.later(dayMs).accept(), 'DraftOpened')).toMatchObject({ stepId: 'hello' });
  });

  it('is remembered when a reply proves to be none (M14)', () => {
    const life = new Life().invite().later(dayMs);
    life.reply();
    gone(life.later(dayMs));
    const events = life.do('CorrectReply', { messageId: 'm-1', reason: 'ooo', by: 'ada' });
    expect(typesOf(events)).toEqual(['ReplyCorrected', 'BranchTaken', 'ActionPlanned']);
  });
});

describe('The lock on a new invitation (F014, I6, P21)', () => {
  const begun = () => {
    const life = new Life().begin();
    life.send();
    return life;
  };

  it('holds a planned one back until it is over', () => {
    const life = begun();
    const events = gone(life);
    expect(typesOf(events)).toEqual(['InvitationLapsed', 'ActionDropped', 'ActionPlanned']);
    const until = plus(life.at, 21 * dayMs);
    expect(factOf(events, 'ActionPlanned')).toMatchObject({ kind: 'connect', notBefore: until });
    expect(gone(life)).toEqual([]);
    const told = explainEnrollment(life.state);
    expect(told.remedy).toBe(
      `Nothing: an invitation to this lead was withdrawn lately. LinkedIn takes a new one from ${until}.`,
    );
    life.send();
    expect(life.lead).toMatchObject({ status: 'invited', invitation: 'open' });
  });

  it('holds one back that is not planned yet, and one that is approved later', () => {
    const early = new Life().begin();
    expect(typesOf(gone(early))).toEqual(['InvitationLapsed']);
    const until = plus(early.at, 21 * dayMs);
    expect(factOf(early.send(), 'ActionPlanned')).toMatchObject({
      kind: 'connect',
      notBefore: until,
    });
    const reviewed = new Life({ ...branching, sequence: { ...branching.sequence, review: true } });
    reviewed.begin();
    reviewed.send();
    expect(currentAction(reviewed.lead)).toMatchObject({ kind: 'connect', status: 'drafted' });
    expect(typesOf(gone(reviewed))).toEqual(['InvitationLapsed']);
    const draft = currentAction(reviewed.lead)!;
    const approval = { actionId: draft.actionId, textSha256: 'abc', by: 'ada' };
    const planned = factOf(reviewed.do('ApproveDraft', approval), 'ActionPlanned');
    expect(planned.notBefore).toBe(plus(reviewed.at, 21 * dayMs));
  });

  it('refuses a claim that comes before it is over', () => {
    const life = begun();
    const { actionId } = currentAction(life.lead)!;
    life.do('PauseEnrollment', { pauseId: 'p', cause: 'asked' });
    gone(life);
    const claim = { actionId, epoch: 1, textSha256: 'abc', syncedAt: life.at };
    const intend = () => life.do('IntendAction', { ...claim, relation: 'not_connected' });
    expect(refusalOf(intend)).toBe('enrollment/paused');
    life.do('ResumeEnrollment', { pauseId: 'p' });
    expect(refusalOf(intend)).toBe('action/not-planned');
  });

  it('is told to whoever asks why this lead has ended (M1)', () => {
    const life = new Life(withdraws).invite().later(dayMs);
    gone(life);
    const until = plus(life.at, 21 * dayMs);
    expect(explainEnrollment(life.state)).toMatchObject({
      because: 'not_ended',
      remedy: `Nothing: the invitation is not open any more, whoever withdrew or declined it. LinkedIn takes a new one from ${until}.`,
    });
  });
});
