import { instant, minuteMs, plus } from '@overture/kernel';
import type { WriteOutcome } from '@overture/providers';
import { fingerprints } from '@overture/service-kit';
import { claim } from '../../test/claims.js';
import { ListedProvider } from '../../test/listed-provider.js';
import type { AuthorisedAction, LookBack } from '../app/ports.js';
import { ProviderHand } from './provider-hand.js';

const now = instant('2026-03-02T09:00:00.000Z');
const tenantId = 't-1';
const action: AuthorisedAction = {
  text: 'Hello  Ada',
  profileUrl: 'https://www.linkedin.com/in/ada-vale',
  subject: 'A question',
  postUrl: '',
  fingerprints: [],
};
const post = 'https://www.linkedin.com/posts/ada-vale_x-activity-7123456789-AbCd';
const ada = { ids: { handle: 'ada-vale' } };

let provider: ListedProvider;
let hand: ProviderHand;

beforeEach(() => {
  provider = new ListedProvider();
  hand = new ProviderHand({ provider, clock: { now: () => now }, fingerprintKey: 'k' });
});

type Kind = ReturnType<typeof claim>['kind'];

function perform(kind: Kind, more: Partial<AuthorisedAction> = {}) {
  const attempt = { ...claim(), kind };
  return hand.perform({ tenantId, attempt, accountRef: 'a-1', action: { ...action, ...more } });
}

function lookBack(kind: Kind, more: Partial<AuthorisedAction> = {}): Promise<LookBack> {
  const trace = hand.traceOf(tenantId, { ...action, ...more });
  const attempt = { ...claim(), kind };
  return hand.lookBack({ ...trace, tenantId, attempt, accountRef: 'a-1', since: now });
}

describe('The hand on LinkedIn', () => {
  it('sends an InMail with its subject (F009)', async () => {
    await perform('inmail');
    expect(provider.calls).toMatchObject([
      { does: 'inmail', subject: 'A question', text: 'Hello  Ada', accountRef: 'a-1' },
    ]);
  });

  it('comments the post, not the person (F007)', async () => {
    await perform('comment', { postUrl: post });
    expect(provider.calls).toMatchObject([{ does: 'comment', postUrl: post }]);
    expect(provider.calls[0]).toMatchObject({ text: 'Hello  Ada' });
  });

  it('withdraws the invitation that is open to the person (F014)', async () => {
    const urn = 'urn:li:fsd_invitation:7';
    provider.invited = [{ invitationId: '7', invitationUrn: urn, person: ada }];
    await perform('withdraw');
    expect(provider.calls).toMatchObject([{ does: 'withdraw', invitationUrn: urn }]);
  });

  it('withdraws it also from who changed their address since (F014, P23)', async () => {
    const urn = 'urn:li:fsd_invitation:8';
    const renamed = { ids: { handle: 'ada-byron' } };
    provider.invited = [{ invitationId: '8', invitationUrn: urn, person: renamed }];
    expect(await perform('withdraw')).toMatchObject({ kind: 'accepted' });
    expect(provider.calls).toEqual([]);
    const [byron = ''] = fingerprints('k', tenantId, [{ kind: 'handle', value: 'ada-byron' }]);
    await perform('withdraw', { fingerprints: [byron] });
    expect(provider.calls).toMatchObject([{ does: 'withdraw', invitationUrn: urn }]);
  });

  it('has nothing to withdraw where no invitation is open any more', async () => {
    expect(await perform('withdraw')).toMatchObject({ kind: 'accepted' });
    expect(provider.calls).toEqual([]);
  });

  it.each([
    ['LIMIT_REACHED', { postponedUntil: plus(now, minuteMs) }, plus(now, minuteMs)],
    ['STATUS_429', { retryAfterMs: minuteMs }, plus(now, minuteMs)],
    ['INMAIL_UNAVAILABLE', {}, undefined],
  ] as const)('passes %s on, with the time to wait (F031, F079)', async (label, wait, until) => {
    provider.outcome = { kind: 'rejected', label, detail: 'HTTP 424', ...wait } as WriteOutcome;
    const result = await perform('inmail');
    expect(result).toEqual({
      kind: 'rejected',
      label,
      detail: 'HTTP 424',
      ...(until && { postponedUntil: until }),
    });
  });
});

describe('A read-back (I10, F078)', () => {
  it('finds an InMail in its conversation', async () => {
    provider.talks = [{ threadId: '2-A==', participants: [ada], sponsored: false }];
    const message = { messageId: 'm', threadId: '2-A==', text: 'Hello Ada', sender: {} };
    expect(await lookBack('inmail')).toEqual({ kind: 'not_found' });
    provider.written = [{ ...message, at: now }];
    expect(await lookBack('inmail')).toEqual({ kind: 'found', effectAt: now });
  });

  it('finds a comment among those the account wrote, under any spelling of the post', async () => {
    const found = { commentId: '1', text: 'Hello Ada', at: now };
    const other = 'https://www.linkedin.com/feed/update/urn:li:activity:7999999999';
    const same = 'https://www.linkedin.com/feed/update/urn:li:activity:7123456789';
    provider.commented = [{ ...found, postUrl: other }];
    expect(await lookBack('comment', { postUrl: post })).toEqual({ kind: 'not_found' });
    provider.commented = [{ ...found, postUrl: same }];
    expect(await lookBack('comment', { postUrl: post })).toEqual({ kind: 'found', effectAt: now });
    provider.commented = [{ ...found, postUrl: same, at: plus(now, -60 * minuteMs) }];
    expect(await lookBack('comment', { postUrl: post })).toEqual({ kind: 'not_found' });
  });

  it('finds a withdrawal by the invitation that is gone', async () => {
    const invitation = { invitationId: '7', invitationUrn: 'urn:li:fsd_invitation:7' };
    provider.invited = [{ ...invitation, person: ada }];
    expect(await lookBack('withdraw')).toEqual({ kind: 'not_found' });
    provider.invited = [];
    expect(await lookBack('withdraw')).toEqual({ kind: 'found', effectAt: now });
  });
});
