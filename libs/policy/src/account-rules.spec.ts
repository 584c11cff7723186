import { dayMs, hourMs, plus } from '@overture/kernel';
import { ago, answerTo, facts, invitation, message, now } from '../test/given.js';
import { capWindowMs, defaultLimits, effectiveLimits, verdict, type Facts } from './index.js';

const free = effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now);

describe('Unanswered invitations', () => {
  it('stop new ones at the cap, without a time: an answer or a withdrawal makes room (F024, P21)', () => {
    const max = defaultLimits.pendingInvitationsMax ?? 0;
    expect(answerTo(facts({ pendingInvitations: max }), invitation)).toEqual([
      'pending_invitations',
      undefined,
    ]);
    expect(answerTo(facts({ pendingInvitations: max - 1 }), invitation)).toBe('go');
  });
});

describe('The notes of a month', () => {
  const withNote = { ...invitation, hasNote: true };
  const noteOf = (given: Partial<Facts>) => {
    const answer = verdict(withNote, facts({ limits: free, ...given }), now);
    return answer.go ? answer.note : [answer.because, answer.until];
  };
  const firstNoteAt = ago(20 * dayMs);
  const usedUp = { used: 5, blockingAt: firstNoteAt };

  it('go with the invitation while there are some (F027)', () => {
    expect(noteOf({ notes: { used: 4 } })).toBe('with');
    expect(noteOf({})).toBe('with');
  });

  it('are left out, and it is said so, once they are used up (P20)', () => {
    expect(noteOf({ notes: usedUp })).toBe('without');
    expect(noteOf({ notes: { used: 0, left: 0 } })).toBe('without');
  });

  it('are waited for where the campaign wants that', () => {
    const until = plus(firstNoteAt, capWindowMs.perMonth);
    expect(noteOf({ notes: usedUp, whenNotesUsedUp: 'wait' })).toEqual(['note_quota', until]);
    expect(noteOf({ notes: { used: 0, left: 0 }, whenNotesUsedUp: 'wait' })).toEqual([
      'note_quota',
      undefined,
    ]);
  });

  it('are no quota for those who pay', () => {
    const limits = effectiveLimits({ profile: defaultLimits, tier: 'premium' }, now);
    expect(noteOf({ limits, notes: { used: 70 } })).toBe('with');
  });

  it('are not asked for by an invitation without one', () => {
    const answer = verdict(invitation, facts({ limits: free, notes: usedUp }), now);
    expect(answer).toMatchObject({ go: true });
    expect(answer).not.toHaveProperty('note');
  });
});

describe('An InMail', () => {
  const inmail = { ...message, kind: 'inmail' } as const;

  it('needs a credit, and waits for the day they are renewed (F009, S4-26)', () => {
    const renewsAt = plus(now, 9 * dayMs);
    expect(answerTo(facts({ inmail: { credits: 1 } }), inmail)).toBe('go');
    expect(answerTo(facts({ inmail: { credits: 0, renewsAt } }), inmail)).toEqual([
      'inmail_credits',
      renewsAt,
    ]);
    const renewed = { credits: 0, renewsAt: ago(hourMs) };
    expect(answerTo(facts({ inmail: renewed }), inmail)).toEqual(['inmail_credits', undefined]);
  });
});
