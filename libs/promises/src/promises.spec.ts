import { instant, minuteMs, plus, type Instant } from '@overture/kernel';
import { defaultLimits, type RegionDays, type Schedule } from '@overture/policy';
import {
  brokenPromises,
  pairOf,
  type Account,
  type Happening,
  type HistoryEvent,
  type Log,
} from './index.js';

const schedule: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
  fallbackZone: 'Europe/Lisbon',
  daysOff: [],
};
const monday = instant('2026-03-02T10:00:00Z');
const pair = { account: 'maya', person: 'ada' };

interface Sent {
  readonly actionId?: string;
  readonly at?: Instant;
  readonly text?: string;
}

function message({ actionId = 'e1.0.0', at = monday, text = 'Hi Ada' }: Sent = {}): Happening {
  return { ...pair, kind: 'message', at, actionId, text, textSha256: `sha of ${text}` };
}

function reply(at: Instant): Happening {
  return { ...pair, kind: 'reply', at, text: 'Hello' };
}

type Told = readonly [type: string, data?: Record<string, unknown>, at?: Instant];

const planned: Told = ['ActionPlanned', { actionId: 'e1.0.0' }];
const intended: Told = [
  'ActionIntended',
  { actionId: 'e1.0.0', textSha256: 'sha of Hi Ada', syncedAt: monday },
];
const succeeded: Told = ['ActionSucceeded', { actionId: 'e1.0.0', kind: 'message' }];

function story(...told: Told[]): HistoryEvent[] {
  return told.map(([type, data = {}, at = monday], index) => {
    return { eventId: `event-${index + 1}`, version: index + 1, type, at, data };
  });
}

interface Changes extends Partial<Log> {
  readonly events?: HistoryEvent[];
  readonly zone?: string;
  readonly reason?: string;
  readonly daysOff?: RegionDays;
}

function logOf({ events, zone = '', reason = 'await_reply', daysOff, ...changes }: Changes): Log {
  const history = {
    enrollmentId: 'e1',
    status: 'messaging',
    reason,
    zone,
    schedule,
    ...(daysOff && { daysOff }),
    events: events ?? story(planned, intended, succeeded),
  };
  return {
    happenings: [message()],
    histories: [history],
    deliveries: [],
    connectedBefore: new Set([pairOf(pair)]),
    rules: { limits: defaultLimits, syncAgeMsMax: 5 * minuteMs, partnerTypes: new Set() },
    ...changes,
  };
}

function promisesBrokenIn(changes: Changes): string[] {
  return brokenPromises(logOf(changes)).map(({ promise }) => promise);
}

describe('A run that kept every promise', () => {
  it('breaks none', () => expect(brokenPromises(logOf({}))).toEqual([]));

  it('may have one call under way at the moment of a reply', () =>
    expect(promisesBrokenIn({ happenings: [reply(monday), message()] })).toEqual([]));

  it('may count a visit that left nothing to read', () => {
    const visit: Told = ['ActionSucceeded', { actionId: 'e1.1.0', kind: 'visit', readBack: true }];
    expect(promisesBrokenIn({ events: story(planned, intended, succeeded, visit) })).toEqual([]);
  });
});

describe('The checkers notice', () => {
  const later = plus(monday, minuteMs);

  it('a step with two effects, also of two occurrences (I1)', () => {
    expect(promisesBrokenIn({ happenings: [message(), message()] })).toEqual(['I1']);
    const again = message({ actionId: 'e1.0.1' });
    expect(promisesBrokenIn({ happenings: [message(), again] })).toContain('I1');
  });

  it('a message after a reply, on LinkedIn and on record (I2)', () => {
    expect(promisesBrokenIn({ happenings: [reply(monday), message({ at: later })] })).toEqual([
      'I2',
    ]);
    const events = story(planned, ['ReplyReceived'], intended, succeeded);
    expect(promisesBrokenIn({ events })).toEqual(['I2']);
  });

  it('an intent while a pause is open (I2)', () => {
    const paused: Told = ['EnrollmentPaused', { pauseId: 'p', cause: 'auth_expired' }];
    const resumed: Told = ['EnrollmentResumed', { pauseId: 'p' }];
    expect(promisesBrokenIn({ events: story(planned, paused, intended, succeeded) })).toEqual([
      'I2',
    ]);
    const kept = story(planned, paused, resumed, intended, succeeded);
    expect(promisesBrokenIn({ events: kept })).toEqual([]);
  });

  it('more than a cap in any 24 hours (I3)', () => {
    const cap = defaultLimits.caps.message.per24h;
    const many = Array.from({ length: cap + 1 }, (_, index) =>
      message({ actionId: `e1.${index}.0` }),
    );
    expect(promisesBrokenIn({ happenings: many })).toContain('I3');
    expect(promisesBrokenIn({ happenings: many.slice(1) })).not.toContain('I3');
  });

  it('more than the cap that held for the account at that time (I3)', () => {
    const happenings = [0, 1].map((hours) =>
      message({ actionId: `e1.${hours}.0`, at: plus(monday, hours * 3_600_000) }),
    );
    const capped = (per24h: number) => {
      const caps = { ...defaultLimits.caps, message: { per24h } };
      const maya = { zone: 'Etc/UTC', limitsAt: () => ({ ...defaultLimits, caps }) };
      return promisesBrokenIn({ happenings, accounts: new Map([['maya', maya]]) });
    };
    expect(capped(1)).toContain('I3');
    expect(capped(2)).not.toContain('I3');
  });

  it('a message outside the hours of its reader (I4)', () =>
    expect(promisesBrokenIn({ zone: 'America/New_York' })).toEqual(['I4']));

  it('a message outside the account’s own hours, or on a day off of either (I4, F036, F037)', () => {
    const daysOff = { region: 'PT', days: ['2026-03-02'] };
    const account = (own: Omit<Account, 'zone'>) =>
      promisesBrokenIn({ accounts: new Map([['maya', { zone: 'Asia/Tokyo', ...own }]]) });
    expect(account({ hours: schedule })).toEqual(['I4']);
    expect(account({ daysOff })).toEqual(['I4']);
    expect(account({})).toEqual([]);
    expect(promisesBrokenIn({ daysOff })).toEqual(['I4']);
  });

  it('a message without a fresh look into the conversation (I5)', () =>
    expect(promisesBrokenIn({ happenings: [message({ at: plus(monday, 6 * minuteMs) })] })).toEqual(
      ['I5'],
    ));

  it('a message to a stranger and an invitation to a friend (I6)', () => {
    expect(promisesBrokenIn({ connectedBefore: new Set() })).toEqual(['I6']);
    const invitation: Happening = { ...message(), kind: 'connect' };
    expect(promisesBrokenIn({ happenings: [invitation] })).toEqual(['I6']);
    const accepted: Happening = { ...pair, kind: 'accept', at: monday };
    const happenings = [accepted, message()];
    expect(promisesBrokenIn({ connectedBefore: new Set(), happenings })).toEqual([]);
  });

  it('a lead that waits for nothing (I7)', () =>
    expect(promisesBrokenIn({ reason: '' })).toEqual(['I7']));

  it('a pause without a cause, a resume without a pause, a place that was lost (I8)', () => {
    const sent = [planned, intended, succeeded];
    const nameless: Told = ['EnrollmentPaused', { pauseId: 'p' }];
    const resumed: Told = ['EnrollmentResumed', { pauseId: 'q' }];
    expect(promisesBrokenIn({ events: story(...sent, nameless) })).toEqual(['I8']);
    expect(promisesBrokenIn({ events: story(...sent, resumed) })).toEqual(['I8']);
    const paused: Told = ['EnrollmentPaused', { pauseId: 'p', cause: 'auth_expired' }];
    expect(promisesBrokenIn({ events: story(...sent, paused, planned) })).toEqual(['I8']);
  });

  it('an effect nobody recorded, and a record of no effect (I10)', () => {
    expect(promisesBrokenIn({ events: story(planned, intended) })).toEqual(['I10']);
    expect(promisesBrokenIn({ happenings: [] })).toEqual(['I10']);
  });

  it('another text than the one intended, and an unfilled field (I11)', () => {
    expect(promisesBrokenIn({ happenings: [message({ text: 'Hi Bob' })] })).toEqual(['I11']);
    const raw: Told = [
      'ActionIntended',
      { actionId: 'e1.0.0', textSha256: 'sha of Hi {first_name}', syncedAt: monday },
    ];
    const happenings = [message({ text: 'Hi {first_name}' })];
    expect(promisesBrokenIn({ happenings, events: story(planned, raw, succeeded) })).toEqual([
      'I11',
    ]);
  });

  it('an effect that nothing intended, or of nobody we know (P4)', () => {
    expect(promisesBrokenIn({ events: story(planned, succeeded) })).toEqual(['P4']);
    expect(promisesBrokenIn({ happenings: [message(), message({ actionId: 'x.0.0' })] })).toContain(
      'P4',
    );
  });

  it('a webhook that never came, or came out of order (I12)', () => {
    const rules = {
      ...logOf({}).rules,
      partnerTypes: new Set(['ActionIntended', 'ActionSucceeded']),
    };
    const told = (version: number) => {
      return { eventId: `event-${version}`, enrollmentId: 'e1', sequence: version };
    };
    expect(promisesBrokenIn({ rules, deliveries: [told(2), told(3), told(2)] })).toEqual([]);
    expect(promisesBrokenIn({ rules, deliveries: [told(3), told(2)] })).toEqual(['I12']);
    expect(promisesBrokenIn({ rules, deliveries: [told(3)] })).toEqual(['I12']);
  });

  it('a hole in a history (I16)', () => {
    const events = story(planned, intended, ['RelationChecked'], succeeded);
    expect(promisesBrokenIn({ events: events.filter(({ version }) => version !== 3) })).toEqual([
      'I16',
    ]);
  });
});
