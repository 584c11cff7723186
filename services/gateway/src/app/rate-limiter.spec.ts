import { RateLimiter } from './rate-limiter.js';

describe('The rate limit of a workspace (F114)', () => {
  it('lets a minute of requests through at once, then one at a time', () => {
    let now = 0;
    const limiter = new RateLimiter(3, () => now);
    const take = () => limiter.take('a').allowed;
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
    now = 20_000;
    expect([take(), take()]).toEqual([true, false]);
  });

  it('says what is left and when to come again', () => {
    const limiter = new RateLimiter(2, () => 0);
    expect(limiter.take('a')).toEqual({ allowed: true, limit: 2, remaining: 1, resetSeconds: 30 });
    limiter.take('a');
    expect(limiter.take('a')).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 30 });
  });

  it('of one is not that of another (P10)', () => {
    const limiter = new RateLimiter(1, () => 0);
    limiter.take('a');
    expect(limiter.take('a').allowed).toBe(false);
    expect(limiter.take('b').allowed).toBe(true);
  });
});
