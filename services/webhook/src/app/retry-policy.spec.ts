import { instant, msBetween } from '@overture/kernel';
import type { Answer, HeldDelivery } from './ports.js';
import { breakerMs, retryAfterMs, verdictOf } from './retry-policy.js';

const now = instant('2026-03-02T09:00:00.000Z');
const delivery = (attempts: number): HeldDelivery => ({
  tenantId: 't',
  endpointId: 'e',
  position: 1,
  eventId: 'event-1',
  payload: '{}',
  attempts,
});
const answer = (statusCode: number, more: Partial<Answer> = {}): Answer => ({
  statusCode,
  latencyMs: 1,
  errorClass: 'status',
  body: '',
  ...more,
});

describe('After an answer', () => {
  it('a success is final', () => {
    expect(verdictOf(delivery(0), answer(204, { errorClass: '' }), now)).toEqual({
      kind: 'delivered',
    });
  });

  it('a failure is tried again by the schedule, with up to a tenth added (F104)', () => {
    retryAfterMs.forEach((wait, attempts) => {
      const verdict = verdictOf(delivery(attempts), answer(500), now);
      const delay = verdict.kind === 'retry' ? msBetween(now, verdict.at) : 0;
      expect(delay).toBeGreaterThanOrEqual(wait);
      expect(delay).toBeLessThanOrEqual(wait * 1.1 + 1);
    });
  });

  it('the tenth failure is final', () => {
    expect(verdictOf(delivery(9), answer(500), now)).toEqual({ kind: 'failed' });
  });

  it('Retry-After is honoured, within an hour', () => {
    const polite = verdictOf(delivery(0), answer(429, { retryAfterMs: 120_000 }), now);
    expect(polite).toEqual({ kind: 'retry', at: '2026-03-02T09:02:00.000Z' });
    const greedy = verdictOf(delivery(0), answer(429, { retryAfterMs: 10 ** 9 }), now);
    expect(greedy).toEqual({ kind: 'retry', at: '2026-03-02T10:00:00.000Z' });
  });

  it('410 is final', () => {
    expect(verdictOf(delivery(0), answer(410), now)).toEqual({ kind: 'failed' });
  });

  it('an endpoint that fails again and again is left alone, longer each time, ten minutes at most', () => {
    expect([1, 4, 5, 6, 7, 30].map((failures) => breakerMs(failures, answer(500)))).toEqual([
      0, 0, 30_000, 60_000, 120_000, 600_000,
    ]);
  });
});
