import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { ada, PretendLinkedIn, profile, startAt } from '../test/pretend-linkedin.js';

const accountRef = ada;
const grace = { accountRef, profileUrl: profile('grace-hopper') };
const letter = { ...grace, subject: 'A question', text: 'Dear Grace' };
const post = 'https://www.linkedin.com/posts/grace_x-activity-7123456789-AbCd';

describe('What LinkedIn rations', () => {
  let world: PretendLinkedIn;
  beforeAll(async () => {
    world = await PretendLinkedIn.start();
  });
  beforeEach(() => world.begin());
  afterEach(() => expect(world.errors).toEqual([]));

  const fix = (profileUrl: string, habits: object) =>
    world.sim('POST', 'people', { people: [{ profileUrl, habits }] });
  const kinds = async () => (await world.ledger()).map(({ kind }) => kind);
  const invite = (handle: string, note?: string) =>
    world.edges.connect({ accountRef, profileUrl: profile(handle), ...(note && { note }) });

  it('sends an InMail to a stranger for a credit, and gives it back with the answer (F009, S4-26)', async () => {
    await fix(grace.profileUrl, { replyAfterMs: 2 * hourMs, replyText: 'Gladly' });
    expect(await world.edges.inmail(letter)).toMatchObject({ kind: 'accepted' });
    expect(await world.ledger()).toMatchObject([
      { kind: 'inmail', text: 'Dear Grace', details: { credits: { used: 1, capacity: 5 } } },
    ]);
    expect(await world.edges.allowances({ accountRef })).toEqual({ inmailCredits: 4 });
    expect(await world.edges.inmail(letter)).toMatchObject({ label: 'INMAIL_UNAVAILABLE' });
    await world.pass(2 * hourMs);
    expect(await kinds()).toEqual(['inmail', 'reply']);
    expect(await world.edges.allowances({ accountRef })).toEqual({ inmailCredits: 5 });
    expect(await world.edges.inmail(letter)).toMatchObject({ kind: 'accepted' });
  });

  it('refuses an InMail without a credit left, for a month (F009)', async () => {
    for (let n = 0; n < 5; n++) {
      await world.edges.inmail({ ...letter, profileUrl: profile(`stranger-${n}`) });
    }
    expect(await world.edges.inmail(letter)).toMatchObject({ label: 'INMAIL_UNAVAILABLE' });
    expect(await world.ledger('inmail')).toHaveLength(5);
    await world.pass(31 * dayMs);
    expect(await world.edges.inmail(letter)).toMatchObject({ kind: 'accepted' });
  });

  it('lets nobody reach who is out of the network', async () => {
    await fix(grace.profileUrl, { outOfNetwork: true });
    for (const outcome of [await world.edges.inmail(letter), await world.edges.connect(grace)]) {
      expect(outcome).toMatchObject({ kind: 'rejected', label: 'PROFILE_NOT_ACCESSIBLE' });
    }
    expect(await kinds()).toEqual([]);
  });

  it('shows an account its own comments (F007)', async () => {
    await world.edges.comment({ accountRef, postUrl: post, text: 'Well said' });
    const { profileUrl = '' } = await world.edges.me({ accountRef });
    const comments = [];
    for await (const page of world.edges.comments({ accountRef, profileUrl }))
      comments.push(...page);
    expect(comments).toMatchObject([{ text: 'Well said', postUrl: post, at: startAt }]);
    expect(await world.ledger('comment')).toMatchObject([{ text: 'Well said' }]);
  });

  it('takes no new invitation for three weeks after a withdrawal (F014)', async () => {
    await world.edges.connect(grace);
    for await (const [invitation] of world.edges.sentInvitations({ accountRef })) {
      const { invitationUrn } = invitation!;
      await world.edges.withdraw({ accountRef, invitationUrn });
    }
    expect(await world.edges.connect(grace)).toMatchObject({
      kind: 'rejected',
      label: 'LIMIT_REACHED',
      postponedUntil: plus(startAt, 21 * dayMs),
    });
    await world.pass(21 * dayMs);
    expect(await world.edges.connect(grace)).toMatchObject({ kind: 'accepted' });
    expect(await kinds()).toEqual(['invite', 'withdraw', 'invite']);
  });

  it('gives a free account five notes a month, and as many invitations without (F027)', async () => {
    await world.begin({ noteQuota: true });
    for (let n = 0; n < 5; n++) await invite(`noted-${n}`, 'Hello');
    expect(await invite('one-more', 'Hello')).toMatchObject({
      label: 'LIMIT_REACHED',
      postponedUntil: plus(startAt, 31 * dayMs),
    });
    expect(await world.edges.allowances({ accountRef })).toMatchObject({ notesLeft: 0 });
    expect(await invite('one-more')).toMatchObject({ kind: 'accepted' });
  });

  it('warns who invites too many in a week, and restricts who goes on (F032, S3-09)', async () => {
    await world.begin({ invitesPerWeek: 3 });
    for (const handle of ['a', 'b', 'c']) await invite(`crowd-${handle}`);
    expect(await invite('crowd-d')).toMatchObject({
      label: 'LIMIT_REACHED',
      postponedUntil: plus(startAt, 7 * dayMs),
    });
    expect(await world.edges.accountState({ accountRef })).toBe('limited');
    for (let n = 0; n < 10; n++) {
      await world.pass(minuteMs);
      await invite('crowd-d');
    }
    expect(await world.edges.accountState({ accountRef })).toBe('restricted');
    expect(await invite('crowd-d')).toMatchObject({ label: 'ACCOUNT_RESTRICTED' });
    const told = (await kinds()).slice(3);
    expect(told).toEqual(['warn', ...Array.from({ length: 10 }, () => 'overrun'), 'restrict']);
  });

  it('has people who accept after everybody stopped waiting (F015)', async () => {
    await world.begin({ lateAcceptShare: 1, lateAcceptAfterDays: [30, 30] });
    await world.edges.connect(grace);
    await world.pass(29 * dayMs);
    expect(await kinds()).toEqual(['invite']);
    await world.pass(2 * dayMs);
    expect(await kinds()).toEqual(['invite', 'accept']);
  });

  it('has colleagues', async () => {
    await world.begin({ companies: 1 });
    const [one, other] = await Promise.all(
      ['grace-hopper', 'alan-kay'].map((name) =>
        world.sim<{ company: string }>('GET', `people/${name}`),
      ),
    );
    expect(one?.company).toBe(other?.company);
    expect(one?.company).toMatch(/^[A-Z]/);
  });
});
