import { dayMs } from '@overture/kernel';
import { factOf, Life, refusalOf, typesOf } from '../../test/life.js';
import { nextAction } from './next-action.js';

const said = { reason: 'an out-of-office note', by: 'ada' };
const correctReply = (life: Life, messageId = 'm-1') =>
  life.do('CorrectReply', { messageId, ...said });
const correctAcceptance = (life: Life) => life.do('CorrectAcceptance', said);

/** Approved hello, waiting to go. */
function planned(): Life {
  const life = new Life().begin('first_degree');
  life.do('ApproveDraft', { actionId: 'e-1.3.0', textSha256: 'abc', by: 'ada' });
  return life;
}

describe('A false reply (M14, P03)', () => {
  it('is undone by an event, and exactly the dropped plan stands again', () => {
    const life = planned();
    const before = life.lead;
    life.reply();
    const events = correctReply(life.later(dayMs));
    expect(typesOf(events)).toEqual(['ReplyCorrected', 'ActionPlanned']);
    const { actionId: _, at: __, restores, ...plan } = factOf(events, 'ActionPlanned');
    const { actionId, ...was } = before.actions['e-1.3.0']!.plan!;
    expect(restores).toBe(actionId);
    expect(plan).toEqual(was);
    expect(life.lead).toMatchObject({ status: before.status, because: before.because });
  });

  it('keeps the approval and its end: what goes out is what was approved (I11, I15)', () => {
    const life = planned();
    life.reply();
    correctReply(life);
    const { expiresAt, approvedSha256 } = life.lead.actions['e-1.3.1']!;
    expect(approvedSha256).toBe('abc');
    expect(expiresAt).toBe(life.lead.actions['e-1.3.0']!.expiresAt);
  });

  it('brings back a wait with the same end, also one that is over', () => {
    const life = new Life().invite();
    const { deadline } = life.lead;
    life.reply();
    correctReply(life.later(20 * dayMs));
    expect(life.lead.deadline).toEqual(deadline);
    expect(typesOf(life.pass())).toEqual(['BranchTaken', 'ActionPlanned']);
  });

  it('stays corrected, whoever reports the message again', () => {
    const life = planned();
    life.reply();
    correctReply(life);
    expect(life.reply()).toEqual([]);
    expect(correctReply(life)).toEqual([]);
  });

  it('does not free a lead who has truly replied as well', () => {
    const life = planned();
    life.reply();
    expect(typesOf(life.reply('m-2'))).toEqual(['FurtherReplyReceived']);
    expect(typesOf(correctReply(life))).toEqual(['ReplyCorrected']);
    expect(life.lead.status).toBe('replied');
    expect(typesOf(correctReply(life, 'm-2'))).toEqual(['ReplyCorrected', 'ActionPlanned']);
  });

  it('goes on from what happened meanwhile: a call that was in flight, an acceptance', () => {
    const life = planned().later(2 * dayMs);
    const claim = { actionId: 'e-1.3.0', epoch: 1 };
    life.do('IntendAction', {
      ...claim,
      textSha256: 'abc',
      syncedAt: life.at,
      relation: 'first_degree',
    });
    life.reply();
    life.do('RecordAccepted', claim);
    expect(factOf(correctReply(life), 'ActionPlanned').stepId).toBe('nudge');
    const invited = new Life().invite();
    invited.reply();
    invited.accept();
    expect(typesOf(correctReply(invited))).toEqual([
      'ReplyCorrected',
      'BranchTaken',
      'DraftOpened',
    ]);
  });

  it('of a lead who was passed over at the start begins its sequence (S4-21)', () => {
    const life = new Life().begin('not_connected', { lastMessageFromLead: true });
    expect(life.lead.status).toBe('replied');
    expect(typesOf(life.do('CorrectReply', { messageId: '', ...said }))).toEqual([
      'ReplyCorrected',
      'SequencePlanned',
      'ActionPlanned',
    ]);
  });

  it('brings nothing back that had ended before it, and there must be one', () => {
    const life = planned();
    life.do('StopEnrollment', { cause: 'asked' });
    life.reply();
    expect(typesOf(correctReply(life))).toEqual(['ReplyCorrected']);
    expect(life.lead.status).toBe('stopped');
    expect(refusalOf(() => correctReply(planned(), 'm-9'))).toBe('reply/not-found');
  });
});

describe("A stop for a colleague's reply (F034)", () => {
  const forColleague = {
    cause: 'colleague_replied',
    colleagueLeadId: 'l-2',
    companyKey: 'acme',
  } as const;
  const stop = (life: Life, how: object = forColleague) =>
    life.do('StopEnrollment', { cause: 'asked', ...how });
  const correctStop = (life: Life) => life.do('CorrectStop', said);

  it('drops what waits and says for whom; a repeat changes nothing (F034)', () => {
    const life = planned();
    const events = stop(life);
    expect(typesOf(events)).toEqual(['EnrollmentStopped', 'ActionDropped']);
    expect(factOf(events, 'EnrollmentStopped')).toMatchObject(forColleague);
    expect(life.lead).toMatchObject({ status: 'stopped', because: 'colleague_replied' });
    expect(stop(life)).toEqual([]);
  });

  it('is undone, and exactly the dropped plan stands again (F034, M14)', () => {
    const life = planned();
    const before = life.lead;
    stop(life);
    const events = correctStop(life.later(dayMs));
    expect(typesOf(events)).toEqual(['StopCorrected', 'ActionPlanned']);
    const { actionId: _, at: __, restores, ...plan } = factOf(events, 'ActionPlanned');
    const { actionId, ...was } = before.actions['e-1.3.0']!.plan!;
    expect(restores).toBe(actionId);
    expect(plan).toEqual(was);
    expect(life.lead).toMatchObject({ status: before.status, because: before.because });
    expect(correctStop(life)).toEqual([]);
  });

  it('of a lead nobody has looked at yet leaves it to be looked at (F034)', () => {
    const fresh = new Life();
    fresh.do('EnrollLead', {
      enrollmentId: 'e-1',
      campaignId: 'c-1',
      leadId: 'l-1',
      identityId: 'i-1',
      campaignType: 'connector',
      sequenceVersion: 1,
      fingerprints: ['f-1'],
    });
    stop(fresh);
    expect(typesOf(correctStop(fresh))).toEqual(['StopCorrected']);
    expect(nextAction(fresh.state)).toEqual({ do: 'check_relation' });
  });

  it('is for good once a person has stopped the lead as well, and so is any other stop', () => {
    const life = planned();
    stop(life);
    expect(typesOf(stop(life, {}))).toEqual(['EnrollmentStopped']);
    expect(life.lead.because).toBe('asked');
    expect(correctStop(life)).toEqual([]);
    expect(stop(life)).toEqual([]);
  });

  it('waits for the own reply of the lead to be corrected, too (F034, P03)', () => {
    const life = planned();
    stop(life);
    life.reply();
    expect(correctStop(life)).toEqual([]);
    correctReply(life);
    expect(life.lead.status).toBe('stopped');
    expect(typesOf(correctStop(life))).toEqual(['StopCorrected', 'ActionPlanned']);
  });

  it('goes on from a call that was in flight (F034)', () => {
    const life = planned().later(2 * dayMs);
    const claim = { actionId: 'e-1.3.0', epoch: 1 };
    const seen = { textSha256: 'abc', syncedAt: life.at, relation: 'first_degree' as const };
    life.do('IntendAction', { ...claim, ...seen });
    expect(typesOf(stop(life))).toEqual(['EnrollmentStopped']);
    life.do('RecordAccepted', claim);
    expect(factOf(correctStop(life), 'ActionPlanned').stepId).toBe('nudge');
  });
});

describe('A wrong acceptance (M14)', () => {
  it('is taken back with what it brought, and is waited for as before', () => {
    const life = new Life().invite();
    const before = life.lead.deadline;
    life.later(dayMs).accept();
    const events = correctAcceptance(life.later(dayMs));
    expect(typesOf(events)).toEqual(['ActionDropped', 'AcceptanceCorrected', 'DeadlineSet']);
    expect(life.lead).toMatchObject({ status: 'invited', deadline: before });
    expect(nextAction(life.state)).toMatchObject({ do: 'await_acceptance' });
    expect(correctAcceptance(life)).toEqual([]);
  });

  it('may be followed by a true one', () => {
    const life = new Life().invite();
    life.accept();
    correctAcceptance(life);
    expect(typesOf(life.later(dayMs).accept())).toEqual([
      'InvitationAccepted',
      'BranchTaken',
      'DraftOpened',
    ]);
  });

  it('is none once a message has reached the lead: only the connected can be written to', () => {
    const life = new Life().invite();
    life.accept();
    life.do('ApproveDraft', { actionId: 'e-1.3.0', textSha256: 'abc', by: 'ada' });
    life.send();
    expect(refusalOf(() => correctAcceptance(life))).toBe('acceptance/proven');
    expect(refusalOf(() => correctAcceptance(new Life().invite()))).toBe('acceptance/not-found');
  });
});
