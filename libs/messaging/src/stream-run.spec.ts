import type { Delivery } from './delivery.js';
import type { Envelope } from './envelope.js';
import { planRun, toRun, toRuns, type Entry } from './stream-run.js';

function entry(version: number, streamId = 'enrollment-1', delivery?: string): Entry {
  const envelope = { tenantId: 't', streamId, context: 'campaign', version } as Envelope;
  const deliveries = delivery === undefined ? [] : [delivery as unknown as Delivery];
  return { envelope, body: () => undefined, deliveries };
}

const run = (...versions: number[]) => toRun(versions.map((version) => entry(version)));
const versions = (entries: readonly Entry[]) => entries.map(({ envelope }) => envelope.version);

describe('A run of events of one stream', () => {
  it('is sorted, whatever order they came in', () =>
    expect(versions(run(3, 1, 2).entries)).toEqual([1, 2, 3]));

  it('holds a version once, with all deliveries that brought it', () => {
    const { entries } = toRun([
      entry(1, 's', 'first'),
      entry(2, 's', 'other'),
      entry(1, 's', 'again'),
    ]);
    expect(versions(entries)).toEqual([1, 2]);
    expect(entries[0]?.deliveries).toEqual(['first', 'again']);
  });

  it('keeps streams apart', () =>
    expect(
      toRuns([entry(1, 'a'), entry(1, 'b'), entry(2, 'a')]).map(({ streamId, entries }) => [
        streamId,
        versions(entries),
      ]),
    ).toEqual([
      ['a', [1, 2]],
      ['b', [1]],
    ]));
});

describe('What a run means to a consumer', () => {
  const plan = (handled: number, ...arrived: number[]) => {
    const { stale, due, beyond, reached } = planRun(run(...arrived), handled);
    return [versions(stale), versions(due), versions(beyond), reached];
  };

  it.each([
    ['all next in order', 0, [1, 2, 3], [[], [1, 2, 3], [], 3]],
    ['all known', 3, [1, 2, 3], [[1, 2, 3], [], [], 3]],
    ['some known, the rest next', 2, [1, 2, 3, 4], [[1, 2], [3, 4], [], 4]],
    ['behind a hole', 1, [3, 4], [[], [], [3, 4], 1]],
    ['next, then a hole', 0, [1, 2, 4, 5], [[], [1, 2], [4, 5], 2]],
    ['known, next and behind a hole', 1, [1, 2, 4], [[1], [2], [4], 2]],
  ])('%s (P3)', (_name, handled, arrived, expected) =>
    expect(plan(handled, ...arrived)).toEqual(expected),
  );
});
