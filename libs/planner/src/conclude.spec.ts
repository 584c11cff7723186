import { hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { conclude, type AttemptNews, type OpenClaim } from './conclude.js';

const at = instant('2026-03-02T10:00:00.000Z');
const dueAt = instant('2026-03-02T08:00:00.000Z');
const claim: OpenClaim = {
  actionId: 'e1.1.0',
  epoch: 1,
  identityId: 'i-1',
  kind: 'message',
  dueAt,
  state: 'taken',
  dropped: false,
  strikes: 0,
};

function news(type: AttemptNews['type'], more: Partial<AttemptNews> = {}): AttemptNews {
  return { type, identityId: 'i-1', actionId: 'e1.1.0', epoch: 1, at, ...more };
}

describe('A claim', () => {
  it.each(['accepted', 'confirmed', 'undecided'] as const)('keeps its use when %s', (type) =>
    expect(conclude(claim, news(type))).toMatchObject({ state: 'closed', givesBack: false }),
  );

  it('keeps its use while its outcome is unclear', () =>
    expect(conclude(claim, news('unknown'))).toEqual({ state: 'settling' }));

  it('gives its use back and waits in its old place when a read-back finds nothing', () =>
    expect(conclude(claim, news('absent'))).toMatchObject({ givesBack: true, backAt: dueAt }));

  it('keeps its use for a refusal that the provider may have counted', () =>
    expect(conclude(claim, news('rejected', { cause: 'PROFILE_NOT_ACCESSIBLE' }))).toMatchObject({
      givesBack: false,
    }));

  it.each(['ALREADY_CONNECTED', 'INVITATION_PENDING', 'NOT_CONNECTED'])(
    'gives its use back for %s, keeps the pause of the lane, and does not come back',
    (cause) => {
      const conclusion = conclude(claim, news('rejected', { cause }));
      expect(conclusion).toMatchObject({ givesBack: true, lane: { hold: { cause: 'spacing' } } });
      expect(conclusion).not.toHaveProperty('backAt');
    },
  );

  it('holds its lane for a day at a limit that names no time (S4-29)', () =>
    expect(conclude(claim, news('rejected', { cause: 'LIMIT_REACHED' }))).toMatchObject({
      backAt: dueAt,
      lane: { strikes: 1, hold: { until: plus(at, 24 * hourMs), cause: 'LIMIT_REACHED' } },
    }));

  it.each([
    [0, 15 * minuteMs],
    [1, 30 * minuteMs],
    [9, 4 * hourMs],
  ])('after %i strikes rests for %i ms at a 429 (S4-36)', (strikes, pauseMs) =>
    expect(
      conclude({ ...claim, strikes }, news('rejected', { cause: 'STATUS_429' })),
    ).toMatchObject({ lane: { hold: { until: plus(at, pauseMs) } } }),
  );

  it.each(['enrollment/paused', 'person/worked-elsewhere', 'draft/text-changed'])(
    'comes back when it was released for %s, which is about its own lead, and holds nobody else',
    (cause) => {
      const conclusion = conclude(claim, news('released', { cause }));
      expect(conclusion).toMatchObject({ backAt: plus(at, 5 * minuteMs) });
      expect(conclusion).not.toHaveProperty('lane');
    },
  );

  it('waits until the instant that the refusing rule named, and holds nobody else (F073)', () => {
    const retryAt = plus(at, 3 * hourMs);
    const conclusion = conclude(claim, news('released', { cause: 'window/closed', retryAt }));
    expect(conclusion).toMatchObject({ givesBack: true, backAt: retryAt });
    expect(conclusion).not.toHaveProperty('lane');
  });

  it('rests its lane when it was released for what would meet every lead', () =>
    expect(conclude(claim, news('released', { cause: 'auth_expired' }))).toMatchObject({
      lane: { strikes: 1, hold: { until: plus(at, minuteMs), cause: 'auth_expired' } },
    }));

  it('forgets its strikes with a success', () =>
    expect(conclude({ ...claim, strikes: 3 }, news('accepted'))).toMatchObject({
      lane: { strikes: 0 },
    }));

  it.each(['reserved', 'unknown', 'absent', 'released'] as const)(
    'is not touched by "%s" about an older epoch',
    (type) => expect(conclude({ ...claim, epoch: 2 }, news(type))).toBeUndefined(),
  );

  it.each(['accepted', 'confirmed', 'undecided'] as const)(
    'is settled by "%s", whichever epoch it names',
    (type) =>
      expect(conclude({ ...claim, epoch: 2 }, news(type))).toMatchObject({ state: 'closed' }),
  );

  it.each([
    ['accepted', '', 'done'],
    ['undecided', '', 'failed'],
    ['rejected', 'PROFILE_NOT_ACCESSIBLE', 'failed'],
    ['rejected', 'STATUS_429', 'limited'],
    ['rejected', 'ACCOUNT_RESTRICTED', 'warned'],
  ] as const)('that is %s %s tells the breaker: %s (F032)', (type, cause, sort) =>
    expect(conclude(claim, news(type, { cause }))).toMatchObject({ tells: { at, sort } }),
  );

  it.each(['NOT_CONNECTED', 'AUTH_EXPIRED', 'LIMIT_REACHED'])(
    'refused with %s tells the breaker nothing (F032)',
    (cause) => expect(conclude(claim, news('rejected', { cause }))).not.toHaveProperty('tells'),
  );
});
