import { DomainError, hourMs, minuteMs, plus, TransientError } from '@overture/kernel';
import type { CallResult } from '../src/app/ports.js';
import { claim } from './claims.js';
import { accepted, ScriptedLinkedIn, world, type Sender, type World } from './world.js';

let place: World & { close(): Promise<void> };
let sender: Sender;

beforeAll(async () => {
  place = await world();
});
afterAll(() => place.close());
beforeEach(() => {
  sender = place.sender();
});

const unknown: CallResult = { kind: 'unknown', detail: 'time-out' };

describe('A claim', () => {
  it('becomes one call and its outcome, however often it is delivered (F076)', async () => {
    const attempt = claim();
    await sender.reserve(attempt);
    await sender.reserve(attempt);
    await sender.workUntilDone();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Accepted']);
    expect(sender.linkedIn.effects).toEqual([attempt.actionId]);
  });

  it('is released, and nothing sent, when the look before the send shows a reply (S4-52, P5)', async () => {
    const attempt = claim();
    sender.sync.look = { replied: true };
    await sender.reserve(attempt);
    await sender.workUntilDone();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Released']);
    expect(sender.linkedIn.effects).toEqual([]);
  });

  it.each([
    [
      'the identity is not ready',
      (s: Sender) => (s.sync.look = { ready: false, notReadyCause: 'auth_expired' }),
    ],
    [
      'the campaign refuses',
      (s: Sender) =>
        (s.campaign.intend = () => Promise.reject(new DomainError('gate/closed', 'no'))),
    ],
    [
      'the campaign does not answer',
      (s: Sender) => (s.campaign.intend = () => Promise.reject(new TransientError('away'))),
    ],
  ])('is released, and nothing sent, when %s (I2)', async (_, arrange) => {
    const attempt = claim();
    arrange(sender);
    await sender.reserve(attempt);
    await sender.workUntilDone();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Released']);
    expect(sender.linkedIn.effects).toEqual([]);
  });

  it('is released until the instant that the refusing rule names, and not asked before (F073)', async () => {
    const attempt = claim();
    const until = plus(place.now(), 3 * hourMs);
    const values = { rule: 'identity_window', until };
    sender.campaign.intend = () => Promise.reject(new DomainError('window/closed', 'no', values));
    await sender.reserve(attempt);
    await sender.workUntilDone();
    const released = (await sender.events(attempt)).at(-1);
    expect(released).toMatchObject({
      type: 'AttemptReleased',
      data: { cause: 'window/closed', retryAt: until },
    });
    expect(sender.linkedIn.effects).toEqual([]);
  });

  it('may come again under a higher epoch once it was released', async () => {
    const first = claim(1);
    sender.sync.look = { ready: false, notReadyCause: 'auth_expired' };
    await sender.reserve(first);
    await sender.workUntilDone();
    sender.sync.look = {};
    await sender.reserve({ ...first, epoch: 2 });
    await sender.workUntilDone();
    expect(sender.linkedIn.effects).toEqual([first.actionId]);
  });

  it('passes an expired login on as a release, not as a failure of the lead (S4-34)', async () => {
    const attempt = claim();
    sender.linkedIn.calls = [
      { effect: false, answer: { kind: 'rejected', label: 'AUTH_EXPIRED', detail: '' } },
    ];
    await sender.reserve(attempt);
    await sender.workUntilDone();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Released']);
  });
});

describe('A call with an unclear outcome (P4, I1, I10)', () => {
  it('is confirmed when the read-back finds its effect', async () => {
    const attempt = claim();
    sender.linkedIn.calls = [{ effect: true, answer: unknown }];
    await sender.reserve(attempt);
    await sender.workUntilDone();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Unknown', 'Confirmed']);
    expect(sender.linkedIn.effects).toHaveLength(1);
  });

  it('is absent only after two read-backs, and may then be tried again', async () => {
    const attempt = claim();
    sender.linkedIn.calls = [
      { effect: false, answer: unknown },
      { effect: true, answer: accepted },
    ];
    await sender.reserve(attempt);
    await sender.workUntilDone();
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Unknown', 'Absent']);
    await sender.reserve({ ...attempt, epoch: 2 });
    await sender.workUntilDone();
    expect(sender.linkedIn.effects).toEqual([attempt.actionId]);
  });

  it('is not tried again while nobody knows (F076, F078)', async () => {
    const attempt = claim();
    sender.linkedIn.calls = [{ effect: true, answer: unknown }];
    await sender.reserve(attempt);
    await sender.work();
    await expect(sender.reserve({ ...attempt, epoch: 2 })).rejects.toThrow(DomainError);
    expect(sender.linkedIn.effects).toHaveLength(1);
  });

  it('is left to a person when nobody can read for three days', async () => {
    const attempt = claim();
    sender.linkedIn.calls = [{ effect: false, answer: unknown }];
    sender.linkedIn.looks = Array.from({ length: 200 }, () => ({
      kind: 'blind',
      detail: 'AUTH_EXPIRED',
    }));
    await sender.reserve(attempt);
    for (let hour = 0; hour < 80; hour++) {
      await sender.work();
      place.pass(60 * minuteMs);
    }
    expect(await sender.types(attempt)).toEqual(['Reserved', 'Started', 'Unknown', 'Undecided']);
  });
});

describe('A sender that dies', () => {
  const crashes: [string, { effect: boolean; answer: CallResult | 'dies' }][] = [
    ['before its call had an effect', { effect: false, answer: 'dies' }],
    ['after its call had an effect', { effect: true, answer: 'dies' }],
  ];

  it.each(crashes)(
    '%s leaves a started attempt that is read back, never repeated',
    async (_, call) => {
      const linkedIn = new ScriptedLinkedIn();
      linkedIn.calls = [call, { effect: true, answer: accepted }];
      const dying = place.sender(linkedIn);
      const attempt = claim();
      await dying.reserve(attempt);
      void dying.work();
      await started(dying, attempt);
      await place.endHolds();
      const heir = place.sender(linkedIn);
      await heir.workUntilDone();
      const types = await heir.types(attempt);
      expect(types.slice(0, 3)).toEqual(['Reserved', 'Started', 'Unknown']);
      expect(types[3]).toBe(call.effect ? 'Confirmed' : 'Absent');
      expect(linkedIn.effects).toHaveLength(call.effect ? 1 : 0);
    },
  );

  it('and comes back late writes nothing (fencing)', async () => {
    const linkedIn = new ScriptedLinkedIn();
    const slow = place.sender(linkedIn);
    let answer = (_: CallResult): void => undefined;
    linkedIn.perform = () => new Promise((resolve) => (answer = resolve));
    const attempt = claim();
    await slow.reserve(attempt);
    const working = slow.work();
    await started(slow, attempt);
    await place.endHolds();
    const heir = place.sender(linkedIn);
    await heir.work();
    const before = await heir.types(attempt);
    answer({ kind: 'not_sent', detail: 'late' });
    await working;
    expect(await heir.types(attempt)).toEqual(before);
    await heir.workUntilDone();
  });

  it('is noticed at once by the end of its session, before its hold runs out', async () => {
    const dying = place.sender();
    await dying.presence.start();
    dying.linkedIn.calls = [{ effect: true, answer: 'dies' }];
    const attempt = claim();
    await dying.reserve(attempt);
    void dying.work();
    await started(dying, attempt);
    const heir = place.sender(dying.linkedIn);
    expect(await heir.work()).toBe(0);
    await dying.presence.stop();
    await heir.workUntilDone();
    expect(await heir.types(attempt)).toContain('Confirmed');
  });
});

async function started(of: Sender, attempt: ReturnType<typeof claim>): Promise<void> {
  while (!(await of.types(attempt)).includes('Started'))
    await new Promise((resolve) => setImmediate(resolve));
}
