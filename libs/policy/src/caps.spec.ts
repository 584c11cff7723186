import { ago, answerTo, facts, now } from '../test/given.js';
import { dayMs, hourMs, minuteMs, plus, type Instant } from '@overture/kernel';
import { capWindowMs } from './limits.js';
import { defaultLimits, limitProfile } from './profiles.js';
import { usageOf, type Use } from './usage.js';

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
    expect(answerTo(after(list))).toEqual(['cap_24h', plus(ago(20 * hourMs), capWindowMs.per24h)]);
    expect(answerTo(after(list.slice(1)))).toBe('go');
  });

  it('count what is over the cap by others as well', () => {
    const list = uses(32, ago(20 * hourMs), 10 * minuteMs);
    const third = plus(ago(20 * hourMs), 20 * minuteMs);
    expect(answerTo(after(list))).toEqual(['cap_24h', plus(third, capWindowMs.per24h)]);
  });

  it('hold over seven days too (F024)', () => {
    const days = [1, 2, 3, 4, 5].flatMap((day) => uses(30, ago(day * dayMs + 6 * hourMs), 1));
    const answer = answerTo(after(days));
    expect(answer).toEqual(['cap_7d', plus(ago(5 * dayMs + 6 * hourMs), capWindowMs.per7d)]);
  });

  it('belong to one kind of action', () =>
    expect(answerTo(after(uses(80, ago(20 * hourMs), minuteMs, 'visit')))).toBe('go'));

  it('trust a summary that knows only the count', () => {
    const usage = { last24h: { used: 30 }, last7d: { used: 30 } };
    expect(answerTo(facts({ usage }))).toEqual(['cap_24h', undefined]);
  });
});
