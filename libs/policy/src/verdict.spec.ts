import { ago, answerTo, facts, message, now } from '../test/given.js';
import { minuteMs, plus, secondMs } from '@overture/kernel';
import { ruleNames } from './rules.js';
import { earliestGo, verdict } from './verdict.js';

const none = { used: 0 };

describe('An action may go', () => {
  it('when every rule passes, and each says what it looked at', () => {
    const { go, rules } = verdict(message, facts(), now);
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
    expect(answerTo(facts({ gates: { ...gates, workspace: shut } }))).toEqual([
      'workspace_gate',
      undefined,
    ]);
    expect(answerTo(facts({ gates: { ...gates, campaign: shut } }))).toEqual([
      'campaign_gate',
      undefined,
    ]);
    expect(answerTo(facts({ gates: { ...gates, identity: shut } }))).toEqual([
      'identity_gate',
      undefined,
    ]);
  });

  it('for the delay of its step', () =>
    expect(answerTo(facts(), { ...message, notBefore: plus(now, 1) })).toEqual([
      'not_before',
      '2026-03-02T12:00:00.001Z',
    ]));

  it('for the lead’s working hours (I4)', () =>
    expect(answerTo(facts(), { ...message, zone: 'Asia/Kolkata' })).toEqual([
      'window',
      '2026-03-03T03:30:00.000Z',
    ]));

  it('for the call in flight, and past its lease for the outcome', () => {
    expect(answerTo(facts({ inFlight: { until: plus(now, minuteMs) } }))).toEqual([
      'in_flight',
      '2026-03-02T12:01:00.000Z',
    ]);
    expect(answerTo(facts({ inFlight: { until: ago(1) } }))).toEqual(['in_flight', undefined]);
  });

  it('90 to 300 s after any action of the identity, drawn anew for each (S3-33, F028)', () => {
    const waits = Array.from({ length: 200 }, (_, index) => {
      const lastAt = ago(index);
      const answer = verdict(
        message,
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
    const [rule, until = ''] = answerTo(facts({ usage }), { ...message, firstTouch: true });
    expect(rule).toBe('spacing_of_first_touch');
    expect(until >= '2026-03-02T12:10:00.000Z' && until < '2026-03-02T12:10:46').toBe(true);
    expect(answerTo(facts({ usage }))).toBe('go');
  });

  it('for what the provider demands between two of a kind', () =>
    expect(
      answerTo(facts({ usage: { lastOfKindAt: ago(minuteMs), last24h: none, last7d: none } })),
    ).toEqual(['spacing_of_kind', '2026-03-02T12:00:15.000Z']));

  it('for the first rule that says no, in a fixed order (F055)', () => {
    const gates = { ...facts().gates, identity: { open: false } };
    const answer = verdict({ ...message, zone: 'Asia/Kolkata' }, facts({ gates }), now);
    expect(answer.rules.map(({ rule, passed }) => [rule, passed])).toEqual([
      ['workspace_gate', true],
      ['campaign_gate', true],
      ['identity_gate', false],
    ]);
  });
});

describe('The earliest time to go', () => {
  it('is now when nothing stands against it', () =>
    expect(earliestGo(message, facts(), now)).toBe(now));

  it('is nobody’s guess while a gate is shut', () => {
    const gates = { ...facts().gates, campaign: { open: false } };
    expect(earliestGo(message, facts({ gates }), now)).toBe(undefined);
  });
});
