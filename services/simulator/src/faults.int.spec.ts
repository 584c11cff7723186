import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { readEdgesWebhook } from '@overture/providers';
import { ada, PretendLinkedIn, profile, startAt } from '../test/pretend-linkedin.js';

const accountRef = ada;
const grace = { accountRef, profileUrl: profile('grace-hopper') };

/** Takes webhooks; answers with what is queued, else 204. */
class Receiver {
  readonly bodies: Record<string, unknown>[] = [];
  readonly statuses: number[] = [];
  private server!: Server;
  url = '';

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        this.bodies.push({ ...JSON.parse(text), secret: request.headers['x-secret'] });
        response.writeHead(this.statuses.shift() ?? 204).end();
      });
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  clear(): void {
    this.bodies.length = 0;
    this.statuses.length = 0;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('The pretend LinkedIn on a bad day', () => {
  let world: PretendLinkedIn;
  const receiver = new Receiver();
  beforeAll(async () => {
    world = await PretendLinkedIn.start();
    await receiver.open();
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    receiver.clear();
    await world.begin({ webhookTwiceShare: 0 });
    await world.sim('POST', 'webhook', { url: receiver.url, headers: { 'x-secret': 'our-own' } });
  });
  afterEach(() => expect(world.errors).toEqual([]));

  const fault = (kind: string, rest: object = {}) => world.sim('POST', 'faults', { kind, ...rest });
  const kinds = async () => (await world.ledger()).map(({ kind }) => kind);

  it.each([
    ['error-before', 'unknown', []],
    ['error-after', 'unknown', ['visit']],
    ['reset-before', 'unknown', []],
    ['reset-after', 'unknown', ['visit']],
    ['timeout-before', 'unknown', []],
    ['timeout-after', 'unknown', ['visit']],
    ['malformed-after', 'unknown', ['visit']],
    ['delay', 'accepted', ['visit']],
    ['limit', 'rejected', []],
    ['throttle', 'rejected', []],
  ])('%s: the caller knows "%s", the ledger holds %j', async (kind, outcome, effects) => {
    await fault(kind, { ms: 50 });
    const waits = kind.startsWith('timeout') ? { deadlineMs: 3_000 } : {};
    expect(await world.edges.visit({ ...grace, ...waits })).toMatchObject({ kind: outcome });
    expect(await kinds()).toEqual(effects);
    expect(await world.edges.visit(grace)).toMatchObject({ kind: 'accepted' });
    await world.pass(0);
  });

  it('skips calls, and counts only those of its identity and action', async () => {
    await fault('throttle', {
      identityUid: ada,
      action: 'linkedin-visit-profile',
      afterCalls: 1,
      retryAfterSeconds: 7,
    });
    await world.edges.me({ accountRef });
    expect(await world.edges.visit(grace)).toMatchObject({ kind: 'accepted' });
    expect(await world.edges.visit(grace)).toMatchObject({
      label: 'STATUS_429',
      retryAfterMs: 7_000,
    });
    expect(await world.edges.visit(grace)).toMatchObject({ kind: 'accepted' });
  });

  it('ends a login at an instant, says so by webhook, and takes it up again (S4-22)', async () => {
    await fault('expire-login', { identityUid: ada, at: plus(startAt, hourMs) });
    await world.pass(hourMs + 5 * minuteMs);
    expect(await world.edges.visit(grace)).toMatchObject({
      kind: 'rejected',
      label: 'AUTH_EXPIRED',
    });
    expect(await world.edges.accountState({ accountRef })).toBe('invalid');
    expect((await world.edges.loginLink({ accountRef })).url).toMatch(/^https:/);
    await world.sim('POST', `identities/${ada}/login`, { outcome: 'fails' });
    await world.sim('POST', `identities/${ada}/login`);
    await world.pass(5 * minuteMs);
    expect(await world.edges.accountState({ accountRef })).toBe('valid');
    expect(await kinds()).toEqual(['expire', 'restore']);
    expect(receiver.bodies.map(({ event }) => String(event)).sort()).toEqual([
      'AUTH_EXPIRED',
      'AUTH_FAILED',
      'AUTH_SUCCESS',
    ]);
    expect(receiver.bodies.every(({ secret }) => secret === 'our-own')).toBe(true);
    expect(receiver.bodies.map((body) => readEdgesWebhook(body))).toContainEqual(
      expect.objectContaining({ kind: 'account', event: 'AUTH_EXPIRED', accountRef: ada }),
    );
  });

  it('posts a webhook until somebody takes it, and twice when it is so minded', async () => {
    receiver.statuses.push(503, 500);
    await fault('double-webhook');
    await fault('expire-login', { identityUid: ada, at: startAt });
    await world.pass(dayMs);
    expect(receiver.bodies.map(({ event }) => event)).toEqual(Array(4).fill('AUTH_EXPIRED'));
    expect(new Set(receiver.bodies.map(({ timestamp }) => timestamp)).size).toBe(1);
  });

  it('loses a webhook altogether when told to', async () => {
    await fault('drop-webhook');
    await fault('expire-login', { identityUid: ada, at: startAt });
    await world.pass(dayMs);
    expect(receiver.bodies).toEqual([]);
    expect(await kinds()).toEqual(['expire']);
  });

  it('restricts an account for good', async () => {
    await fault('restrict');
    expect(await world.edges.visit(grace)).toMatchObject({ label: 'ACCOUNT_RESTRICTED' });
    expect(await world.edges.visit(grace)).toMatchObject({ label: 'ACCOUNT_RESTRICTED' });
    expect(await world.edges.accountState({ accountRef })).toBe('restricted');
  });

  it('works off an async run, waits at a limit by itself, and calls back (P8)', async () => {
    for (let n = 0; n < 24; n++) {
      await world.edges.connect({ accountRef, profileUrl: profile(`person-${n}`) });
    }
    const inputs = ['one', 'two'].map((handle) => ({
      linkedin_profile_url: profile(handle),
      custom_data: { attempt_id: handle },
    }));
    const callback = { url: receiver.url, headers: { 'x-secret': 'run' }, on: 'all' };
    const path = 'actions/linkedin-connect-profile/run/async';
    const created = await world.raw(path, { identity_ids: [ada], inputs, callback });
    const { run_uid: uid } = (await created.json()) as { run_uid: string };
    await world.pass(5 * minuteMs);
    const blocked = await (await world.raw(`runs/${uid}`)).json();
    expect(blocked).toMatchObject({
      status: 'BLOCKED',
      last_error: { error_label: 'LIMIT_REACHED' },
    });
    await world.pass(dayMs);
    expect(await (await world.raw(`runs/${uid}/status`)).json()).toEqual({ status: 'SUCCEEDED' });
    expect(receiver.bodies.map((body) => readEdgesWebhook(body))).toMatchObject([
      { kind: 'run', runRef: uid, attemptId: 'one' },
      { kind: 'run', runRef: uid, attemptId: 'two' },
    ]);
    const callbacks = await (await world.raw(`runs/callbacks?run_uid=${uid}`)).json();
    expect(callbacks).toMatchObject([{ status: 'SUCCESS' }, { status: 'SUCCESS' }]);
    expect((await world.ledger('invite')).at(-1)).toMatchObject({ attemptId: 'two' });
  });

  it('blocks a run without an end when the login is gone, until it is resumed', async () => {
    await fault('expire-login', { identityUid: ada, at: startAt });
    await world.pass(0);
    const inputs = [{ linkedin_profile_url: grace.profileUrl }];
    const created = await world.raw('actions/linkedin-visit-profile/run/async', {
      identity_ids: [ada],
      inputs,
    });
    const { run_uid: uid } = (await created.json()) as { run_uid: string };
    await world.pass(dayMs);
    expect(await (await world.raw(`runs/${uid}`)).json()).toMatchObject({
      status: 'BLOCKED',
      postponed_until: null,
    });
    await world.sim('POST', `identities/${ada}/login`);
    await world.raw(`runs/${uid}/resume`, {});
    await world.pass(minuteMs);
    expect(await (await world.raw(`runs/${uid}/status`)).json()).toEqual({ status: 'SUCCEEDED' });
  });
});
