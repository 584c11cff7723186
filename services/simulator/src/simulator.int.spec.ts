import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { ada, PretendLinkedIn, profile, startAt } from '../test/pretend-linkedin.js';

const accountRef = ada;
const grace = { accountRef, profileUrl: profile('grace-hopper') };

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('The pretend LinkedIn', () => {
  let world: PretendLinkedIn;
  beforeAll(async () => {
    world = await PretendLinkedIn.start();
  });
  beforeEach(() => world.begin());
  afterEach(() => expect(world.errors).toEqual([]));

  const fix = (profileUrl: string, habits: object) =>
    world.sim('POST', 'people', { people: [{ profileUrl, habits }] });
  const connected = (...handles: string[]) =>
    world.sim('POST', 'relations', {
      identityUid: ada,
      people: handles.map((handle) => ({ profileUrl: profile(handle) })),
    });

  it('writes down a visit with its attempt and its window', async () => {
    const outcome = await world.edges.visit({ ...grace, attemptId: 'a.1.0.1' });
    expect(outcome).toMatchObject({
      kind: 'accepted',
      person: { memberId: expect.stringMatching(/^ACo/) },
    });
    expect(await world.ledger()).toMatchObject([
      {
        position: 1,
        at: startAt,
        kind: 'visit',
        attemptId: 'a.1.0.1',
        details: { window: { used: 1, capacity: 80 } },
      },
    ]);
  });

  it('has people accept and answer when their habits say so', async () => {
    await fix(grace.profileUrl, {
      acceptAfterMs: 3 * hourMs,
      replyAfterMs: 2 * hourMs,
      replyText: 'Yes',
    });
    await world.edges.connect({ ...grace, note: 'Hello Grace' });
    await world.pass(2 * hourMs);
    expect(await collect(world.edges.sentInvitations({ accountRef }))).toHaveLength(1);
    await world.pass(hourMs);
    expect(await collect(world.edges.connections({ accountRef }))).toMatchObject([
      { connectedAt: plus(startAt, 3 * hourMs), person: { ids: { handle: 'grace-hopper' } } },
    ]);
    const sent = await world.edges.message({ ...grace, text: 'How are you?' });
    await world.pass(2 * hourMs);
    const [conversation] = await collect(world.edges.conversations({ accountRef }));
    expect(conversation).toMatchObject({
      lastMessage: { text: 'Yes', at: plus(startAt, 5 * hourMs) },
    });
    const thread = await collect(
      world.edges.messages({ accountRef, thread: conversation!.threadId }),
    );
    expect(thread.map(({ text }) => text)).toEqual(['Yes', 'How are you?', 'Hello Grace']);
    const me = await world.edges.me({ accountRef });
    expect(thread[1]).toMatchObject({
      messageId: sent.kind === 'accepted' && sent.messageId,
      sender: { numericId: me.ids.numericId },
    });
    expect((await world.ledger()).map(({ kind }) => kind)).toEqual([
      'invite',
      'accept',
      'message',
      'reply',
    ]);
  });

  it('refuses a message to somebody who is not connected (S4-30)', async () => {
    expect(await world.edges.message({ ...grace, text: 'Hi' })).toMatchObject({
      kind: 'rejected',
      label: 'NOT_CONNECTED',
    });
    expect(await world.ledger()).toEqual([]);
  });

  it('says of a second invitation that one is pending, and sends none (S4-32)', async () => {
    for (const handle of ['grace-hopper', 'alan-kay', 'barbara-liskov', 'edsger-dijkstra']) {
      const person = { accountRef, profileUrl: profile(handle) };
      await world.edges.connect(person);
      const again = await world.edges.connect(person);
      expect([
        again.kind === 'accepted' && again.pending,
        again.kind === 'rejected' && again.label,
      ]).toContain(again.kind === 'accepted' ? true : 'INVITATION_PENDING');
    }
    expect(await world.ledger('invite')).toHaveLength(4);
  });

  it('takes an invitation back, and it is never accepted after that', async () => {
    await fix(grace.profileUrl, { acceptAfterMs: dayMs });
    await world.edges.connect(grace);
    const [invitation] = await collect(world.edges.sentInvitations({ accountRef }));
    const { invitationUrn } = invitation!;
    expect(await world.edges.withdraw({ accountRef, invitationUrn })).toMatchObject({
      kind: 'accepted',
    });
    expect(await world.edges.withdraw({ accountRef, invitationUrn })).toMatchObject({
      kind: 'rejected',
    });
    await world.pass(2 * dayMs);
    expect((await world.ledger()).map(({ kind }) => kind)).toEqual(['invite', 'withdraw']);
  });

  it('counts in rolling windows of 24 hours and says when there is room again', async () => {
    for (let n = 0; n < 25; n++) {
      await world.edges.connect({ accountRef, profileUrl: profile(`person-${n}`) });
      await world.pass(minuteMs);
    }
    expect(await world.edges.connect(grace)).toMatchObject({
      kind: 'rejected',
      label: 'LIMIT_REACHED',
      postponedUntil: plus(startAt, dayMs),
    });
    await world.pass(dayMs - 25 * minuteMs - 1);
    expect(await world.edges.connect(grace)).toMatchObject({ kind: 'rejected' });
    await world.pass(1);
    expect(await world.edges.connect(grace)).toMatchObject({ kind: 'accepted' });
    const limits = await (
      await world.raw(`identities/${ada}/actions/linkedin-connect-profile/limits`)
    ).json();
    expect(limits).toMatchObject({
      limits: [{ max_limit: 25, consumed: 25, has_reached_limit: true }],
    });
  });

  it('lets nobody through a full window, however many knock at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        world.edges.connect({ accountRef, profileUrl: profile(`crowd-${n}`) }),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(25);
    expect((await world.ledger('invite')).map(({ position }) => position)).toEqual(
      Array.from({ length: 25 }, (_, n) => n + 1),
    );
  });

  it('shows a person it has not met without meeting them', async () => {
    const seen = await world.sim('GET', `people?profileUrl=${grace.profileUrl}`);
    expect(seen).toMatchObject({ person: { key: 'grace-hopper' }, relations: [] });
    await world.pass(hourMs);
    const outcome = await world.edges.visit(grace);
    const { person } = seen as { person: { member_id: string } };
    expect(outcome).toMatchObject({ person: { memberId: person.member_id } });
  });

  it('lists connections in overlapping pages that the adapter passes on once each', async () => {
    const handles = Array.from({ length: 95 }, (_, n) => `friend-${n}`);
    await connected(...handles);
    const connections = await collect(world.edges.connections({ accountRef }));
    expect(new Set(connections.map(({ person }) => person.ids.handle))).toEqual(new Set(handles));
    expect(connections).toHaveLength(95);
  });

  it('lets an account read as often as it likes: only what others notice is rationed (S4-27, S4-28)', async () => {
    await connected('grace-hopper');
    for (let n = 0; n < 100; n++) {
      expect(await collect(world.edges.connections({ accountRef }))).toHaveLength(1);
      expect(await collect(world.edges.conversations({ accountRef }))).toHaveLength(0);
    }
    expect(await world.ledger()).toEqual([]);
  });

  it('refuses a cursor after a day', async () => {
    await connected(...Array.from({ length: 45 }, (_, n) => `friend-${n}`));
    const path = 'actions/linkedin-extract-connections/run/live';
    const body = { identity_ids: [ada], input: {} };
    const link = (await world.raw(path, body)).headers.get('x-pagination-next')!;
    const next = `${path}${new URL(link).search}`;
    expect((await (await world.raw(next, body)).json()) as unknown[]).toHaveLength(7);
    await world.pass(dayMs);
    expect((await world.raw(next, body)).status).toBe(400);
  });

  it('finds a renamed person by stable id, not by the old handle', async () => {
    await fix(grace.profileUrl, { renamesAfterMs: dayMs });
    const first = await world.edges.visit(grace);
    await world.pass(dayMs);
    expect(await world.edges.visit(grace)).toMatchObject({
      kind: 'rejected',
      label: 'PROFILE_NOT_ACCESSIBLE',
    });
    const memberId = first.kind === 'accepted' ? first.person.memberId : undefined;
    const byId = { accountRef, profileUrl: profile(memberId!) };
    expect(await world.edges.visit(byId)).toMatchObject({ kind: 'accepted', person: { memberId } });
    const people = (await world.ledger('visit')).map(({ personKey }) => personKey);
    expect(new Set(people)).toEqual(new Set(['grace-hopper']));
  });

  it('is Edges to the letter: keys, unknown properties, one identity', async () => {
    const path = 'actions/linkedin-visit-profile/run/live';
    const input = { linkedin_profile_url: grace.profileUrl };
    const body = { identity_ids: [ada], input };
    expect((await world.raw(path, body, { 'x-api-key': 'wrong' })).status).toBe(401);
    const extra = await world.raw(path, { ...body, inputs: [input] });
    expect([extra.status, ((await extra.json()) as { message: string }).message]).toEqual([
      400,
      'body must NOT have additional properties',
    ]);
    expect((await world.raw(path, { input })).status).toBe(400);
    const http = { linkedin_profile_url: 'http://www.linkedin.com/in/grace-hopper' };
    expect((await world.raw(path, { ...body, input: http })).status).toBe(400);
  });

  it('goes on where a killed process left the world', async () => {
    await fix(grace.profileUrl, { acceptAfterMs: hourMs });
    await world.edges.connect(grace);
    await world.restart();
    await world.pass(hourMs);
    expect((await world.ledger()).map(({ kind }) => kind)).toEqual(['invite', 'accept']);
  });
});
