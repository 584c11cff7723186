import { readEdgesWebhook } from './webhook.js';

describe('A webhook of Edges', () => {
  const expired = {
    event: 'AUTH_EXPIRED',
    identity_uid: 'i-1',
    timestamp: '2026-03-04T09:15:00Z',
    action_to_be_taken: 'RETRY_LOGIN',
  };

  it('about a login keeps one key over its deliveries', () => {
    const webhook = readEdgesWebhook(expired);
    expect(webhook).toMatchObject({ kind: 'account', event: 'AUTH_EXPIRED', accountRef: 'i-1' });
    expect(readEdgesWebhook({ ...expired })).toEqual(webhook);
    expect(readEdgesWebhook({ ...expired, timestamp: '2026-03-05T09:15:00Z' })).not.toEqual(
      webhook,
    );
  });

  it('about a run is keyed by its callback', () => {
    const body = {
      callback_ref_uid: 'cb-1',
      run: { run_uid: 'run-7', status: 'succeeded' },
      custom_data: { attempt_id: 'a-1' },
    };
    expect(readEdgesWebhook(body)).toEqual({
      kind: 'run',
      runRef: 'run-7',
      status: 'SUCCEEDED',
      attemptId: 'a-1',
      naturalKey: 'cb-1',
    });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{}],
    [{ event: 'AUTH_EXPIRED' }],
    [{ event: 'NEW', identity_uid: 'i' }],
  ])('%j is not recognised, and no error', (body) =>
    expect(readEdgesWebhook(body)).toEqual({ kind: 'unrecognised' }),
  );
});
