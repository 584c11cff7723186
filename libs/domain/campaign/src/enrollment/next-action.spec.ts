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
import { enrollment } from './decide.js';
import type { EnrollmentEvent } from './events.js';
import { legacyDraftStatus, legacyQueueStatus, legacyStatus } from './legacy.js';
import { nextAction } from './next-action.js';
import { statusOf } from './state.js';

const ready = [enrolled('messenger'), checked('first_degree'), planned(messenger, 0, on(3))];
const paused = event('EnrollmentPaused', { pauseId: 'p-1', cause: 'auth_expired' });
const halted = event('EnrollmentHalted', { actionId: actionId(0), cause: 'OUTCOME_UNKNOWN' });
const deadline = event('DeadlineSet', { kind: 'acceptance', dueAt: on(21) });

const waits: [string, EnrollmentEvent[], string, object][] = [
  ['its launch', [], 'new', { do: 'enroll' }],
  ['its check', [enrolled('messenger')], 'checking', { do: 'check_relation' }],
  ['its time', ready, 'ready_to_message', { do: 'send', actionId: actionId(0), notBefore: on(3) }],
  [
    'its invitation to go',
    [enrolled('connector'), checked('not_connected'), planned(connector, 0, start)],
    'ready_to_connect',
    { do: 'send', actionId: actionId(0), notBefore: start },
  ],
  [
    'the outcome of its call, also while paused',
    [...ready, intended(0), paused],
    'paused',
    { do: 'await_outcome', actionId: actionId(0), epoch: 1 },
  ],
  ['the end of its pause', [...ready, paused], 'paused', { do: 'await_resume', pauseIds: ['p-1'] }],
  [
    'an acceptance',
    [enrolled('connector'), checked('pending'), deadline],
    'invited',
    { do: 'await_acceptance', until: on(21) },
  ],
  ['a person', [...ready, halted], 'halted', { do: 'await_operator', because: 'OUTCOME_UNKNOWN' }],
  [
    'nothing once it has ended, paused or not',
    [...ready, paused, event('EnrollmentStopped', { cause: 'asked' })],
    'stopped',
    { do: 'nothing', because: 'asked' },
  ],
];

describe('A lead waits for', () => {
  it.each(waits)('%s (I7)', (_, history, status, next) => {
    const state = fold(enrollment, history);
    expect(statusOf(state)).toBe(status);
    expect(nextAction(state)).toEqual(next);
  });
});

describe('The drawn states (S4-16..18)', () => {
  const story: [EnrollmentEvent, string][] = [
    [enrolled('connector'), 'checking'],
    [checked('not_connected'), 'checking'],
    [planned(connector, 0, start), 'ready_to_connect'],
    [deadline, 'invited'],
    [event('InvitationAccepted', { acceptedAt: on(2), witness: 'sync' }), 'connected'],
    [planned(connector, 2, on(3)), 'connected'],
    [intended(2), 'connected'],
    [
      event('ActionSucceeded', {
        actionId: actionId(2),
        epoch: 1,
        kind: 'message',
        messageType: 'direct_message_1',
        readBack: false,
      }),
      'messaging',
    ],
    [paused, 'paused'],
    [event('EnrollmentResumed', { pauseId: 'p-1' }), 'messaging'],
    [event('EnrollmentCompleted', {}), 'completed'],
  ];

  it('follow each other', () => {
    let state = enrollment.initialState;
    for (const [fact, status] of story) {
      state = enrollment.evolve(state, fact);
      expect([fact.type, statusOf(state)]).toEqual([fact.type, status]);
    }
  });

  it('know a cooldown (S4-20)', () => {
    const state = fold(enrollment, [
      enrolled('messenger'),
      event('RelationChecked', {
        relation: 'first_degree',
        lastMessageFromLead: false,
        lastMessageAt: on(-1),
        cooldownUntil: on(2),
      }),
      planned(messenger, 0, on(2)),
    ]);
    expect(statusOf(state)).toBe('cooldown');
  });
});

describe('The names of the systems before us (F121)', () => {
  it('are PENDING, SENT, REPLIED, STOPPED (S1-25)', () => {
    const jobs = (['ready_to_message', 'completed', 'replied', 'stopped'] as const).map(
      (status) => legacyStatus(status).job,
    );
    expect(jobs).toEqual(['PENDING', 'SENT', 'REPLIED', 'STOPPED']);
  });

  it('are pending, approved, connected, messaging (S2-27)', () => {
    const prospects = (['new', 'ready_to_connect', 'connected', 'messaging'] as const).map(
      (status) => legacyStatus(status).prospect,
    );
    expect(prospects).toEqual(['pending', 'approved', 'connected', 'messaging']);
  });

  it('are pending, sent, skipped, failed for an action (S2-26)', () => {
    const queue = (['planned', 'sent', 'dropped', 'failed'] as const).map(legacyQueueStatus);
    expect(queue).toEqual(['pending', 'sent', 'skipped', 'failed']);
  });

  it('are pending_review, approved, claimed, sent, failed, skipped, expired for a draft (S3-19..23)', () => {
    const drafts = (['drafted', 'planned', 'intended', 'sent', 'failed', 'dropped'] as const).map(
      (status) => legacyDraftStatus(status),
    );
    expect(drafts).toEqual(['pending_review', 'approved', 'claimed', 'sent', 'failed', 'skipped']);
    expect(legacyDraftStatus('dropped', 'draft_expired')).toBe('expired');
  });
});
