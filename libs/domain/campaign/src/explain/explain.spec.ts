import { fold } from '@overture/kernel';
import {
  actionId,
  checked,
  connector,
  enrolled,
  event,
  intended,
  messenger,
  on,
  planned,
  start,
} from '../../test/story.js';
import { enrollment } from '../enrollment/decide.js';
import type { EnrollmentEvent } from '../enrollment/events.js';
import { explainEnrollment, type ClosedGate } from './explain.js';
import { leadRules } from './rules.js';
import { tellEvent } from './tell.js';

const ready = [enrolled('messenger'), checked('first_degree'), planned(messenger, 0, on(3))];
const paused = event('EnrollmentPaused', { pauseId: 'p-1', cause: 'auth_expired' });

function explained(events: readonly EnrollmentEvent[], gates: readonly ClosedGate[] = []) {
  return explainEnrollment(fold(enrollment, events), gates);
}

const replied = event('ReplyReceived', { messageId: 'm', repliedAt: on(1), witness: 'sync' });
const halted = event('EnrollmentHalted', { actionId: actionId(0), cause: 'OUTCOME_UNKNOWN' });
const invited = event('DeadlineSet', { kind: 'acceptance', dueAt: on(21) });
const { at: _, ...draftPlan } = planned(messenger, 0, on(3)).data;
const drafted = event('DraftOpened', { ...draftPlan, expiresAt: on(10) });

const cases: [string, EnrollmentEvent[], string, RegExp][] = [
  ['nobody looked at it', [], 'enrolled', /Launch the campaign/],
  ['its relation is read', [enrolled('messenger')], 'relation_checked', /relation is read/],
  ['it answered', [...ready, replied], 'not_ended', /the lead answered/],
  ['it is halted', [...ready, halted], 'not_halted', /OUTCOME_UNKNOWN/],
  ['its call is under way', [...ready, intended(0)], 'settled', /call is under way/],
  ['it is paused', [...ready, paused], 'not_paused', /auth_expired/],
  [
    'its invitation is unanswered',
    [enrolled('connector'), checked('not_connected'), planned(connector, 1, start), invited],
    'deadline_passed',
    /accepts the invitation/,
  ],
  [
    'its profile could not be opened (S4-33)',
    [...ready, event('EnrollmentFailed', { cause: 'PROFILE_NOT_ACCESSIBLE' })],
    'not_ended',
    /leads\/\{leadId\}\/enrich.*leads\/\{leadId\}\/retry/,
  ],
  ['its draft waits', [...ready.slice(0, 2), drafted], 'draft_approved', /approves/],
];

describe('The explanation of a lead (M1, F055)', () => {
  it.each(cases)('says why when %s', (_, events, because, remedy) => {
    const answer = explained(events);
    expect(answer.because).toBe(because);
    expect(answer.remedy).toMatch(remedy);
    expect(answer.rules.at(-1)).toMatchObject({ rule: because, passed: false });
    expect(answer.rules.slice(0, -1).every(({ passed }) => passed)).toBe(true);
  });

  it('hands a planned step to the rules of pacing', () => {
    const answer = explained(ready);
    expect(answer.because).toBeUndefined();
    expect(answer.actionId).toBe(actionId(0));
    expect(answer.rules.map(({ rule }) => rule)).toEqual(leadRules.map(({ name }) => name));
  });

  it('names the gates that hold everybody (P7)', () => {
    const answer = explained(ready, [{ kind: 'campaign', cause: 'paused_by_hand' }]);
    expect(answer.because).toBe('gates_open');
    expect(answer.remedy).toContain('campaign (paused_by_hand)');
  });

  it('says when something happens by itself', () => {
    const waiting = [enrolled('connector'), checked('not_connected'), invited];
    expect(explained(waiting).until).toBe(on(21));
    expect(explained([...ready, halted]).until).toBeUndefined();
  });

  it('asks in one order: an answer comes before a pause, a pause before a date (P12)', () => {
    expect(explained([...ready, paused, replied]).because).toBe('not_ended');
    expect(explained([...ready, invited, paused]).because).toBe('not_paused');
  });
});

describe('What an event says', () => {
  it('is a sentence, without a name of anybody', () => {
    for (const each of [...ready, paused, replied, halted, invited, drafted, intended(0)]) {
      expect(tellEvent(each)).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('is its type when this release does not know it', () =>
    expect(tellEvent({ type: 'FromTheFuture', data: { at: start } } as never)).toBe(
      'FromTheFuture',
    ));
});
