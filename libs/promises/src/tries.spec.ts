import { instant, minuteMs, plus } from '@overture/kernel';
import { defaultLimits } from '@overture/policy';
import { brokenPromises, nothingChanged, type HistoryEvent, type Log } from './index.js';

const at = instant('2026-03-02T10:00:00Z');

function story(...types: string[]): HistoryEvent[] {
  return types.map((type, index) => {
    return { eventId: `event-${index + 1}`, version: index + 1, type, at, data: { a: 1, b: [2] } };
  });
}

const empty: Log = {
  happenings: [],
  histories: [],
  deliveries: [],
  connectedBefore: new Set(),
  rules: { limits: defaultLimits, syncAgeMsMax: 5 * minuteMs, partnerTypes: new Set() },
};

describe('The tries of an action (I10)', () => {
  const brokenBy = (...types: string[]) =>
    brokenPromises({ ...empty, tries: [{ actionId: 'e1.0.0', events: story(...types) }] });

  it.each([
    [['AttemptReserved', 'AttemptStarted', 'AttemptAccepted']],
    [['AttemptReserved', 'AttemptReleased', 'AttemptReserved', 'AttemptReleased']],
    [['AttemptReserved', 'AttemptStarted', 'AttemptUnknown', 'AttemptAbsent']],
  ])('are settled one after the other: %j', (types) => expect(brokenBy(...types)).toEqual([]));

  it('are noticed when one begins before the last is settled', () =>
    expect(
      brokenBy('AttemptReserved', 'AttemptUnknown', 'AttemptReserved', 'AttemptReleased'),
    ).toEqual([
      {
        promise: 'I10',
        found: 'e1.0.0 was tried again at 2026-03-02T10:00:00.000Z, still AttemptUnknown',
      },
    ]));

  it('are noticed when one is left open', () =>
    expect(brokenBy('AttemptReserved', 'AttemptStarted')).toEqual([
      { promise: 'I10', found: 'e1.0.0 is left with AttemptStarted' },
    ]));
});

describe('A draft (I15)', () => {
  const sent = { account: 'maya', person: 'ada', kind: 'visit', at, actionId: 'e1.0.0' } as const;
  const brokenAt = (expiresAt: typeof at) =>
    brokenPromises({ ...empty, happenings: [sent], drafts: [{ actionId: 'e1.0.0', expiresAt }] })
      .map(({ promise }) => promise)
      .includes('I15');

  it('goes out until it ends, and not after', () => {
    expect(brokenAt(at)).toBe(false);
    expect(brokenAt(plus(at, -1))).toBe(true);
  });
});

describe('A history (I16)', () => {
  const schedule = { windows: [], fallbackZone: 'Etc/UTC', daysOff: [] };
  const read = (events: HistoryEvent[]): Log => {
    const history = { enrollmentId: 'e1', status: 'new', reason: '', zone: '', schedule, events };
    return { ...empty, histories: [history] };
  };
  const before = read(story('LeadEnrolled', 'RelationChecked'));
  const [first, second] = story('LeadEnrolled', 'RelationChecked') as [HistoryEvent, HistoryEvent];

  it('only grows, whatever the order of its keys', () => {
    const reordered = { ...first, data: { b: [2], a: 1 } };
    const third = { ...second, eventId: 'event-3', version: 3 };
    expect(nothingChanged(before, read([reordered, second, third]))).toEqual([]);
  });

  it('is noticed when it lost an event, or a word of one', () => {
    const changed = { ...second, data: { a: 1, b: [3] } };
    expect(nothingChanged(before, read([changed]))).toEqual([
      { promise: 'I16', found: 'LeadEnrolled event-1 is gone' },
      { promise: 'I16', found: 'RelationChecked event-2 was changed' },
    ]);
  });
});
