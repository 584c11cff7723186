import { instant, minuteMs, plus, type Instant } from '@overture/kernel';
import { defaultLimits } from '@overture/policy';
import { brokenPromises, type HistoryEvent, type Log } from './index.js';

const monday = instant('2026-03-02T10:00:00Z');
const sha = 'sha of Hi';

type Told = readonly [type: string, data: Record<string, unknown>];

function brokenBy(told: readonly Told[], sentAt: readonly [actionId: string, at: Instant][] = []) {
  const events = told.map(([type, data], index): HistoryEvent => {
    return { eventId: `event-${index}`, version: index + 1, type, at: monday, data };
  });
  const happenings = sentAt.map(([actionId, at]) => {
    const pair = { account: 'maya', person: 'ada' };
    return { ...pair, kind: 'message' as const, at, actionId, text: 'Hi', textSha256: sha };
  });
  const schedule = {
    windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
    fallbackZone: 'Etc/UTC',
    daysOff: [],
  };
  const known = { enrollmentId: 'e1', status: 'messaging', reason: 'await_reply', zone: '' };
  const log: Log = {
    happenings,
    histories: [{ ...known, schedule, events }],
    deliveries: [],
    connectedBefore: new Set(['maya ada']),
    rules: { limits: defaultLimits, syncAgeMsMax: 5 * minuteMs, partnerTypes: new Set() },
  };
  return brokenPromises(log).map(({ promise }) => promise);
}

const plan = (actionId: string, more: object = {}): Told => [
  'ActionPlanned',
  { actionId, step: 2, ...more },
];
const opened = (actionId: string, expiresAt: Instant): Told => [
  'DraftOpened',
  { actionId, step: 2, expiresAt },
];
const approved = (actionId: string): Told => ['DraftApproved', { actionId, textSha256: sha }];
const intended = (actionId: string, textSha256 = sha): Told => [
  'ActionIntended',
  { actionId, textSha256, syncedAt: monday },
];
const succeeded = (actionId: string): Told => ['ActionSucceeded', { actionId, kind: 'message' }];
const whole = (actionId: string): Told[] => [intended(actionId), succeeded(actionId)];

describe('A draft', () => {
  const soon = plus(monday, minuteMs);

  it('is sent as it was approved, also after a correction brought it back (I11)', () => {
    const before = [opened('e1.2.0', soon), approved('e1.2.0'), plan('e1.2.0')];
    expect(brokenBy([...before, ...whole('e1.2.0')], [['e1.2.0', monday]])).toEqual([]);
    expect(brokenBy([...before, intended('e1.2.0', 'other')])).toEqual(['I11']);
    const again = [...before, plan('e1.2.1', { restores: 'e1.2.0' })];
    expect(brokenBy([...again, intended('e1.2.1', 'other')])).toEqual(['I11']);
  });

  it('is never sent when it is cold (I15)', () => {
    const before = [opened('e1.2.0', monday), approved('e1.2.0'), plan('e1.2.0')];
    const late: [string, Instant][] = [['e1.2.0', soon]];
    expect(brokenBy([...before, ...whole('e1.2.0')], late)).toEqual(['I15']);
    const again = [...before, plan('e1.2.1', { restores: 'e1.2.0' }), ...whole('e1.2.1')];
    expect(brokenBy(again, [['e1.2.1', soon]])).toEqual(['I15']);
  });
});

describe('A step', () => {
  it('is known by its name: another version may have another one in its place (I1, F016)', () => {
    const hello = [plan('e1.2.0', { stepId: 'hello' }), ...whole('e1.2.0')];
    const sent: [string, Instant][] = [
      ['e1.2.0', monday],
      ['e1.2.1', monday],
    ];
    const nudge = [plan('e1.2.1', { stepId: 'nudge' }), ...whole('e1.2.1')];
    expect(brokenBy([...hello, ...nudge], sent)).toEqual([]);
    const again = [plan('e1.2.1', { stepId: 'hello' }), ...whole('e1.2.1')];
    expect(brokenBy([...hello, ...again], sent)).toEqual(['I1']);
  });
});

describe('A reply that was none', () => {
  const reply: Told = ['ReplyReceived', { messageId: 'm-1' }];
  const corrected: Told = ['ReplyCorrected', { messageId: 'm-1' }];

  it('closes nothing once it is corrected, and everything before (I2, M14)', () => {
    expect(brokenBy([plan('e1.2.0'), reply, intended('e1.2.0')])).toEqual(['I2']);
    const after = [plan('e1.2.0'), reply, corrected, plan('e1.2.1'), intended('e1.2.1')];
    expect(brokenBy(after)).toEqual([]);
    const further: Told = ['FurtherReplyReceived', { messageId: 'm-2' }];
    expect(brokenBy([plan('e1.2.0'), reply, further, corrected, intended('e1.2.0')])).toEqual([
      'I2',
    ]);
  });
});

it('An end is one, unless somebody accepts late (I2, F015)', () => {
  const expired: Told = ['EnrollmentExpired', {}];
  const accepted = (more: object = {}): Told => ['InvitationAccepted', { ...more }];
  const next = [plan('e1.2.0'), intended('e1.2.0')];
  expect(brokenBy([expired, accepted(), ...next])).toEqual(['I2']);
  expect(brokenBy([expired, accepted({ latePolicy: 'message' }), ...next])).toEqual([]);
});
