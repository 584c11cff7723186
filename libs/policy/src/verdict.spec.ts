import { dayMs, hourMs, instant, minuteMs, plus, secondMs, type Instant } from '@overture/kernel';
import fc from 'fast-check';
import { capWindowMs } from './limits.js';
import { defaultLimits, limitProfile } from './profiles.js';
import { ruleNames, type ActionToGo, type Facts, type RuleName } from './rules.js';
import { defaultSchedule } from './schedule.js';
import { textLengthMax } from './text-limits.js';
import { usageOf, type Use } from './usage.js';
import { earliestGo, verdict } from './verdict.js';
import { isOpen } from './windows.js';

// Monday, in working hours of UTC.
const now = instant('2026-03-02T12:00:00Z');
const ago = (ms: number): Instant => plus(now, -ms);

const action: ActionToGo = { kind: 'message', notBefore: now, zone: '', firstTouch: false };
const open = { open: true };
const none = { used: 0 };

function facts(over: Partial<Facts> = {}): Facts {
  return {
    gates: { workspace: open, campaign: open, identity: open },
    schedule: defaultSchedule,
    identityId: 'i-1',
    limits: defaultLimits,
    usage: { last24h: none, last7d: none },
    ...over,
  };
}

function uses(
  count: number,
  since: Instant,
  everyMs: number,
  kind: Use['kind'] = 'message',
): Use[] {
  return Array.from({ length: count }, (_, index) => {
    return { kind, at: plus(since, index * everyMs), firstTouch: false };
  });
}

function because(
  given: Facts,
  planned: ActionToGo = action,
): [RuleName, string | undefined] | 'go' {
  const answer = verdict(planned, given, now);
  return answer.go ? 'go' : [answer.because, answer.until];
}

describe('An action may go', () => {
  it('when every rule passes, and each says what it looked at', () => {
    const { go, rules } = verdict(action, facts(), now);
    expect(go).toBe(true);
    expect(rules.map(({ rule }) => rule)).toEqual(ruleNames);
    expect(rules.every(({ passed, version }) => passed && version > 0)).toBe(true);
    expect(rules.find(({ rule }) => rule === 'cap_24h')?.inputs).toEqual({ used: 0, cap: 30 });
  });
});

describe('It waits', () => {
  const shut = { open: false, cause: 'auth_expired' };

  it('for a gate, without a time (P7)', () => {
    const gates = facts().gates;
    expect(because(facts({ gates: { ...gates, workspace: shut } }))).toEqual([
      'workspace_gate',
      undefined,
    ]);
    expect(because(facts({ gates: { ...gates, campaign: shut } }))).toEqual([
      'campaign_gate',
      undefined,
    ]);
    expect(because(facts({ gates: { ...gates, identity: shut } }))).toEqual([
      'identity_gate',
      undefined,
    ]);
  });

  it('for the delay of its step', () =>
    expect(because(facts(), { ...action, notBefore: plus(now, 1) })).toEqual([
      'not_before',
      '2026-03-02T12:00:00.001Z',
    ]));

  it('for the lead’s working hours (I4)', () =>
    expect(because(facts(), { ...action, zone: 'Asia/Kolkata' })).toEqual([
      'window',
      '2026-03-03T03:30:00.000Z',
    ]));

  it('for the call in flight, and past its lease for the outcome', () => {
    expect(because(facts({ inFlight: { until: plus(now, minuteMs) } }))).toEqual([
      'in_flight',
      '2026-03-02T12:01:00.000Z',
    ]);
    expect(because(facts({ inFlight: { until: ago(1) } }))).toEqual(['in_flight', undefined]);
  });

  it('90 to 300 s after any action of the identity, drawn anew for each (S3-33, F028)', () => {
    const waits = Array.from({ length: 200 }, (_, index) => {
      const lastAt = ago(index);
      const answer = verdict(
        action,
        facts({ usage: { lastAt, last24h: none, last7d: none } }),
        now,
      );
      const until = answer.go ? now : answer.until;
      return until === undefined ? 0 : Date.parse(until) - Date.parse(lastAt);
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(90 * secondMs);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300 * secondMs);
    expect(new Set(waits).size).toBeGreaterThan(150);
  });

  it('30 minutes between the first contacts with two people (S2-34)', () => {
    const usage = { lastFirstTouchAt: ago(20 * minuteMs), last24h: none, last7d: none };
    const [rule, until = ''] = because(facts({ usage }), { ...action, firstTouch: true });
    expect(rule).toBe('spacing_of_first_touch');
    expect(until >= '2026-03-02T12:10:00.000Z' && until < '2026-03-02T12:10:46').toBe(true);
    expect(because(facts({ usage }))).toBe('go');
  });

  it('for what the provider demands between two of a kind', () =>
    expect(
      because(facts({ usage: { lastOfKindAt: ago(minuteMs), last24h: none, last7d: none } })),
    ).toEqual(['spacing_of_kind', '2026-03-02T12:00:15.000Z']));

  it('for the first rule that says no, in a fixed order (F055)', () => {
    const gates = { ...facts().gates, identity: { open: false } };
    const answer = verdict({ ...action, zone: 'Asia/Kolkata' }, facts({ gates }), now);
    expect(answer.rules.map(({ rule, passed }) => [rule, passed])).toEqual([
      ['workspace_gate', true],
      ['campaign_gate', true],
      ['identity_gate', false],
    ]);
  });
});

describe('The caps', () => {
  const limits = defaultLimits;
  const after = (list: readonly Use[], at = now) =>
    facts({ usage: usageOf(list, 'message', limits, at) });

  it('are those of S3 by default (S3-04..06)', () => {
    const { connect, message, comment, visit } = limits.caps;
    expect([connect.per24h, message.per24h, comment.per24h, visit.per24h]).toEqual([
      15, 30, 50, 80,
    ]);
    expect(limitProfile('conservative')).toBe(limits);
    expect(limitProfile('constructor')).toBe(undefined);
  });

  it('roll: a full window names the moment it has room again (F023, F030)', () => {
    const list = uses(30, ago(20 * hourMs), 10 * minuteMs);
    expect(because(after(list))).toEqual(['cap_24h', plus(ago(20 * hourMs), capWindowMs.per24h)]);
    expect(because(after(list.slice(1)))).toBe('go');
  });

  it('count what is over the cap by others as well', () => {
    const list = uses(32, ago(20 * hourMs), 10 * minuteMs);
    const third = plus(ago(20 * hourMs), 20 * minuteMs);
    expect(because(after(list))).toEqual(['cap_24h', plus(third, capWindowMs.per24h)]);
  });

  it('hold over seven days too (F024)', () => {
    const days = [1, 2, 3, 4, 5].flatMap((day) => uses(30, ago(day * dayMs + 6 * hourMs), 1));
    const answer = because(after(days));
    expect(answer).toEqual(['cap_7d', plus(ago(5 * dayMs + 6 * hourMs), capWindowMs.per7d)]);
  });

  it('belong to one kind of action', () =>
    expect(because(after(uses(80, ago(20 * hourMs), minuteMs, 'visit')))).toBe('go'));

  it('trust a summary that knows only the count', () => {
    const usage = { last24h: { used: 30 }, last7d: { used: 30 } };
    expect(because(facts({ usage }))).toEqual(['cap_24h', undefined]);
  });
});

describe('An identity that always acts as soon as it may', () => {
  const zones = ['Europe/Kyiv', 'America/St_Johns', 'Asia/Kolkata', ''];
  const plan = fc.record({
    zone: fc.constantFrom(...zones),
    firstTouch: fc.boolean(),
    kind: fc.constantFrom('message', 'message', 'connect'),
  });

  // Ten days around the night on which Europe changes its clocks.
  it('never passes a cap, a window or a pause (I3, I4)', () =>
    fc.assert(
      fc.property(fc.array(plan, { minLength: 150, maxLength: 260 }), (plans) => {
        let at = instant('2026-03-23T06:00:00Z');
        const done: (Use & { zone: string })[] = [];
        for (const { kind, zone, firstTouch } of plans as ActionToGo[]) {
          const usage = usageOf(done, kind, defaultLimits, at);
          const go = earliestGo({ kind, zone, firstTouch, notBefore: at }, facts({ usage }), at);
          if (go === undefined) throw new Error('It should have been able to go some day.');
          at = go;
          done.push({ kind, at, firstTouch, zone });
        }
        checkCaps(done);
        checkGaps(done);
        for (const use of done) {
          expect(isOpen(defaultSchedule, use.zone || 'Etc/UTC', use.at, minuteMs)).toBe(true);
        }
      }),
      { seed: 20_260_306, numRuns: 20 },
    ));

  function checkCaps(done: readonly Use[]): void {
    for (const [kind, perDay, perWeek] of [
      ['message', 30, 150] as const,
      ['connect', 15, 75] as const,
    ]) {
      const all = done.filter((use) => use.kind === kind).map(({ at }) => Date.parse(at));
      for (const end of all) {
        expect(all.filter((ms) => ms <= end && ms > end - dayMs).length).toBeLessThanOrEqual(
          perDay,
        );
        expect(all.filter((ms) => ms <= end && ms > end - 7 * dayMs).length).toBeLessThanOrEqual(
          perWeek,
        );
      }
    }
  }

  function checkGaps(done: readonly Use[]): void {
    const gaps = (list: readonly Use[]) =>
      list.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(list[index]?.at ?? at));
    expect(Math.min(...gaps(done))).toBeGreaterThanOrEqual(90 * secondMs);
    const first = gaps(done.filter(({ firstTouch }) => firstTouch));
    expect(Math.min(...first)).toBeGreaterThanOrEqual(30 * minuteMs);
  }
});

describe('The earliest time to go', () => {
  it('is now when nothing stands against it', () =>
    expect(earliestGo(action, facts(), now)).toBe(now));

  it('is nobody’s guess while a gate is shut', () => {
    const gates = { ...facts().gates, campaign: { open: false } };
    expect(earliestGo(action, facts({ gates }), now)).toBe(undefined);
  });
});

it('Texts are as long as LinkedIn takes them from each tier (S3-04..06, S3-10)', () => {
  expect(textLengthMax('connect', 'classic')).toBe(200);
  expect(textLengthMax('connect', 'premium')).toBe(280);
  expect(textLengthMax('message', 'classic')).toBe(2_000);
  expect(textLengthMax('comment', 'classic')).toBe(1_000);
});
