import { answers, refuses, resets } from '../../test/scripted-edges.js';
import { EdgesUnderTest } from '../../test/edges-under-test.js';

describe('A refusal of a write by Edges (F079, S4-29..S4-36)', () => {
  const line = new EdgesUnderTest();

  // Every row of the taxonomy: what Edges says, and what it means to us.
  it.each([
    [424, 'LIMIT_REACHED', 'LIMIT_REACHED'],
    [429, 'LIMIT_REACHED', 'LIMIT_REACHED'],
    [409, 'LIMIT_REACHED', 'LIMIT_REACHED'],
    [429, 'STATUS_429', 'STATUS_429'],
    [424, 'NOT_CONNECTED', 'NOT_CONNECTED'],
    [424, 'ALREADY_CONNECTED', 'ALREADY_CONNECTED'],
    [424, 'SN_CONFLICT', 'ALREADY_CONNECTED'],
    [424, 'INVITATION_PENDING', 'INVITATION_PENDING'],
    [424, 'PROFILE_NOT_ACCESSIBLE', 'PROFILE_NOT_ACCESSIBLE'],
    [424, 'STATUS_404', 'PROFILE_NOT_ACCESSIBLE'],
    [424, 'STATUS_403', 'PROFILE_NOT_ACCESSIBLE'],
    [424, 'NO_RESULT', 'PROFILE_NOT_ACCESSIBLE'],
    [424, 'SN_OUT_OF_NETWORK', 'PROFILE_NOT_ACCESSIBLE'],
    [424, 'AUTH_EXPIRED', 'AUTH_EXPIRED'],
    [400, 'BAD_INPUT', 'INVALID_INPUT'],
    [400, 'BAD_PARAMETERS', 'INVALID_INPUT'],
    [400, 'INVALID_INPUT', 'INVALID_INPUT'],
    [424, 'MISSING_PARAMETER', 'INVALID_INPUT'],
    [424, 'MANDATORY_DATA_MISSING', 'INVALID_INPUT'],
    [424, 'UNDEFINED_FIELD', 'INVALID_INPUT'],
    [424, 'LK_INMAIL_NOT_ENOUGH_CREDIT', 'INMAIL_UNAVAILABLE'],
    [424, 'LK_INMAIL_CANNOT_RESEND', 'INMAIL_UNAVAILABLE'],
    [424, 'SN_ACCOUNT_UPGRADE', 'PLAN_REQUIRED'],
    [402, 'NO_ACCESS', 'PLAN_REQUIRED'],
    [424, 'INTEGRATION_ERROR', 'ACCOUNT_RESTRICTED'],
    [424, 'NO_VALID_ACCOUNT_CONFIGURED', 'PROVIDER_CONFIG'],
    [401, 'UNAUTHORIZED', 'PROVIDER_CONFIG'],
    [424, 'auth_expired', 'AUTH_EXPIRED'],
  ])('%i %s is rejected as %s', async (status, label, ours) => {
    expect(await line.send(refuses(status, label))).toMatchObject({
      kind: 'rejected',
      label: ours,
      detail: `HTTP ${status} ${label.toUpperCase()}`,
      answer: { status, label: label.toUpperCase(), reference: 'ref-1' },
    });
  });

  it.each([
    [400, 'INVALID_INPUT'],
    [401, 'PROVIDER_CONFIG'],
    [402, 'PLAN_REQUIRED'],
    [429, 'STATUS_429'],
  ])('%i without a readable body is rejected as %s', async (status, label) => {
    expect(await line.send(answers(status, '<html>'))).toMatchObject({ kind: 'rejected', label });
    expect(await line.send(answers(status, ''))).toMatchObject({ kind: 'rejected', label });
  });

  it('finds the label under its other name, and inside an array', async () => {
    const odd = answers(424, [{ label: 'NOT_CONNECTED' }]);
    expect(await line.send(odd)).toMatchObject({ kind: 'rejected', label: 'NOT_CONNECTED' });
  });

  it('says for how long to wait', async () => {
    const until = { postponed_until: '2026-03-05T08:02:11Z', appendix: 'DAY' };
    expect(await line.send(refuses(424, 'LIMIT_REACHED', until))).toMatchObject({
      postponedUntil: '2026-03-05T08:02:11.000Z',
    });
    const seconds = answers(429, {}, { 'retry-after': '17' });
    expect(await line.send(seconds)).toMatchObject({ label: 'STATUS_429', retryAfterMs: 17_000 });
    const date = {
      'retry-after': 'Wed, 04 Mar 2026 09:16:00 GMT',
      date: 'Wed, 04 Mar 2026 09:15:00 GMT',
    };
    expect(await line.send(answers(429, {}, date))).toMatchObject({ retryAfterMs: 60_000 });
    expect(await line.send(answers(429, {}, { 'retry-after': 'soon' }))).not.toHaveProperty(
      'retryAfterMs',
    );
  });

  it('keeps names and secrets out of its details', async () => {
    for (const scene of [refuses(424, 'NOT_CONNECTED'), refuses(500, 'X'), resets]) {
      const { detail } = (await line.send(scene)) as { detail: string };
      expect(detail).not.toMatch(/ada|vale|hello|secret|edges\/v1/i);
    }
  });
});
