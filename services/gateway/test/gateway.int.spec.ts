import { withClient } from '@overture/testing';
import { chainHash } from '../src/app/audit-log.js';
import type { NumberedAuditEntry } from '../src/app/ports.js';
import { testGateway, type TestGateway } from './gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});

const post = (path: string, body: unknown, options: object = {}) =>
  gateway.request(path, { method: 'POST', body, ...options });

describe('A key (F113)', () => {
  it('opens its own workspace and no other', async () => {
    const { status, body } = await gateway.request('/v1/workspaces');
    expect(status).toBe(200);
    expect(body.workspaces).toEqual([
      expect.objectContaining({ workspaceId: gateway.workspaceId }),
    ]);
  });

  it.each([
    ['none', ''],
    ['nonsense', 'ovt_test_x_y'],
    ['one with a typing error', () => `${gateway.key.slice(0, -1)}!`],
  ])('is asked for: %s is refused as a problem', async (_, given) => {
    const key = typeof given === 'string' ? given : given();
    const { status, headers, body } = await gateway.request('/v1/campaigns', { key });
    expect(status).toBe(401);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 401, code: 'key/refused' });
  });

  it('is shown once, works within its scopes, and dies when revoked', async () => {
    const made = await post('/v1/api-keys', { name: 'reader', scopes: ['workspace:read'] });
    expect(made.status).toBe(201);
    const { key, keyId } = made.body;
    expect((await gateway.request('/v1/api-keys', { key })).status).toBe(200);
    const listed = await gateway.request('/v1/api-keys');
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const beyond = await post('/v1/api-keys', { name: 'x', scopes: ['*'] }, { key });
    expect([beyond.status, beyond.body.code]).toEqual([403, 'key/scope-missing']);
    const gone = await gateway.request(`/v1/api-keys/${keyId}`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect((await gateway.request('/v1/api-keys', { key })).status).toBe(401);
  });

  it('expires', async () => {
    const expiresAt = '2020-01-01T00:00:00Z';
    const { body } = await post('/v1/api-keys', { name: 'old', scopes: ['*'], expiresAt });
    expect((await gateway.request('/v1/api-keys', { key: body.key })).status).toBe(401);
  });

  it('passes on no scope it lacks', async () => {
    const scopes = ['workspace:write', 'leads:read'];
    const { body } = await post('/v1/api-keys', { name: 'some', scopes });
    const wanted = { name: 'more', scopes: ['leads:write'] };
    const { status } = await post('/v1/api-keys', wanted, { key: body.key });
    expect(status).toBe(403);
  });

  it('is kept as a hash only', async () => {
    const rows = await withClient(gateway.adminUrl, (client) =>
      client.query('select * from gateway.api_keys'),
    );
    const secret = gateway.key.split('_')[3]?.slice(0, 43);
    expect(JSON.stringify(rows.rows)).not.toContain(secret);
  });

  it('of another workspace sees nothing of this one (P10)', async () => {
    const other = await post('/v1/workspaces', { name: 'Other' });
    const key = other.body.firstKey.key as string;
    const listed = await gateway.request('/v1/api-keys', { key });
    expect(listed.body.keys).toHaveLength(1);
    const { keyId } = (await gateway.request('/v1/api-keys')).body.keys[0];
    const revoke = await gateway.request(`/v1/api-keys/${keyId}`, { method: 'DELETE', key });
    expect(revoke.status).toBe(404);
    expect((await gateway.request('/v1/workspaces')).status).toBe(200);
    const more = await post('/v1/workspaces', { name: 'Third' }, { key });
    expect(more.status).toBe(403);
  });
});

describe('An Idempotency-Key (F112)', () => {
  const keyed = (key: string, body: object) =>
    post('/v1/api-keys', body, { headers: { 'idempotency-key': key } });

  it('gives a repeat the first answer, and only that', async () => {
    const body = { name: 'twice', scopes: ['leads:read'] };
    const first = await keyed('same', body);
    const again = await keyed('same', body);
    expect(again.body).toEqual(first.body);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const listed = await gateway.request('/v1/api-keys');
    expect(listed.body.keys.filter(({ name }: { name: string }) => name === 'twice')).toHaveLength(
      1,
    );
  });

  it('is refused for a changed request', async () => {
    await keyed('changed', { name: 'a', scopes: ['leads:read'] });
    const { status, body } = await keyed('changed', { name: 'b', scopes: ['leads:read'] });
    expect([status, body.code]).toEqual([422, 'idempotency-key/changed']);
  });

  it('lets one of many through at the same time', async () => {
    const body = { name: 'storm', scopes: ['leads:read'] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => keyed('storm', body)));
    const made = answers.filter(
      ({ status, headers }) => status === 201 && !headers.has('idempotency-replayed'),
    );
    expect(made).toHaveLength(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
  });

  it('keeps a refusal as the answer', async () => {
    const body = { name: 'x', scopes: ['nonsense'] };
    const first = await keyed('refused', body);
    const again = await keyed('refused', body);
    expect([first.status, again.status]).toEqual([422, 422]);
    expect(again.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('stores answers sealed', async () => {
    const { body } = await keyed('sealed', { name: 'secret-name', scopes: ['leads:read'] });
    const { rows } = await withClient(gateway.adminUrl, (client) =>
      client.query(
        "select string_agg(encode(response_box, 'escape'), '') as all from gateway.idempotency_records",
      ),
    );
    expect(rows[0].all).not.toContain('secret-name');
    expect(rows[0].all).not.toContain(body.keyId);
  });
});

describe('A problem (RFC 9457)', () => {
  it('names every wrong field by its pointer', async () => {
    const sequence = { steps: [{ kind: 'shout', delayMs: -1 }] };
    const { status, body } = await post('/v1/campaigns', {
      type: 'connector',
      identityIds: [],
      sequence,
    });
    expect(status).toBe(422);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
    expect(pointers).toEqual([
      '/identityIds',
      '/name',
      '/sequence/steps/0/delayMs',
      '/sequence/steps/0/kind',
    ]);
  });

  it.each([
    [
      'JSON that is none',
      '/v1/campaigns',
      { raw: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'JSON that nests too deep',
      '/v1/campaigns',
      { raw: '['.repeat(5_000), headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'a body of another type',
      '/v1/campaigns',
      { raw: 'x', headers: { 'content-type': 'text/html' } },
      415,
    ],
    [
      'a body too large',
      '/v1/campaigns',
      { raw: `"${'x'.repeat(1_100_000)}"`, headers: { 'content-type': 'application/json' } },
      413,
    ],
    ['an unknown address', '/v1/nothing', { body: {} }, 404],
    [
      'a poisoned prototype',
      '/v1/campaigns',
      { raw: '{"__proto__":{"x":1}}', headers: { 'content-type': 'application/json' } },
      400,
    ],
    ['an id that is none', '/v1/leads/%00/stop', { body: {} }, 404],
    ['a service that does not answer', '/v1/leads/1/stop', { body: {} }, 503],
    [
      'an ETag that we never gave',
      '/v1/campaigns/1/launch',
      { headers: { 'if-match': 'W/"x"' } },
      412,
    ],
  ])('tells of %s', async (_, path, options, expected) => {
    const { status, headers, body } = await gateway.request(path, { method: 'POST', ...options });
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      status: expected,
      code: expect.any(String),
      detail: expect.any(String),
    });
    expect(headers.get('x-request-id')).toBeTruthy();
  });
});

describe('The audit log', () => {
  it('holds every write in a chain that nobody can change unseen', async () => {
    await post('/v1/api-keys', { name: 'one', scopes: ['leads:read'] });
    await post('/v1/api-keys', {});
    const { body } = await gateway.request('/v1/audit-log?limit=200');
    const numbers = body.entries.map(({ number }: { number: number }) => number);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(numbers.at(-1)).toBe(1);
    expect(body.entries[0]).toMatchObject({
      actor: expect.stringMatching(/^key:/),
      hash: expect.any(String),
    });
    let hash = '';
    for (const entry of (body.entries as NumberedAuditEntry[]).toReversed()) {
      const { number, hash: stored, ...told } = entry;
      hash = chainHash(hash, number, { tenantId: gateway.workspaceId, ...told });
      expect(stored).toBe(hash);
    }
    await expect(
      withClient(gateway.adminUrl, async (client) => {
        await client.query('set role gateway_worker');
        await client.query('update gateway.audit_entries set status = 200');
      }),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('The source routes (F110)', () => {
  it('keep the tick behind its secret (S2-31, F041)', async () => {
    const tick = (secret: string) =>
      post('/api/cron/process-send-queue', undefined, { headers: { 'x-cron-secret': secret } });
    expect((await tick('wrong')).status).toBe(401);
    // The secret is right; there is no scheduler in this test.
    expect((await tick('cron-secret')).status).toBe(503);
  });

  it('ask for a campaign id (S2-28)', async () => {
    const { status, body } = await post('/api/campaigns/direct/send-messages-queued', {});
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe('/campaignId');
  });
});

describe('Everything else', () => {
  it('is documented and guarded', async () => {
    const document = await gateway.request('/openapi.json', { key: '' });
    expect(document.body.openapi).toBe('3.1.0');
    const docs = await gateway.request('/docs', { key: '' });
    expect(docs.status).toBe(200);
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(docs.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await gateway.request('/healthz', { key: '' })).status).toBe(200);
    expect((await gateway.request('/readyz', { key: '' })).status).toBe(200);
  });

  it('never says 2xx to a provider before its notice is stored', async () => {
    const { status } = await post('/hooks/edges/token', { event: 'x' }, { key: '' });
    expect(status).toBe(503);
  });

  it('asks a live view for the type it speaks', async () => {
    expect((await gateway.request('/v1/live')).status).toBe(406);
  });
});

describe('A workspace that asks too fast (F114)', () => {
  it('is told to wait, but may always stop things (F119)', async () => {
    const slow = await testGateway({ RATE_LIMIT_PER_MINUTE: '2' });
    const first = await slow.request('/v1/workspaces');
    expect(first.headers.get('ratelimit')).toBe('"workspace";r=1;t=30');
    await slow.request('/v1/workspaces');
    let next = await slow.request('/v1/workspaces');
    // A machine that needs half a minute for a request has another one by then.
    while (next.status === 200) next = await slow.request('/v1/workspaces');
    expect([next.status, next.body.code]).toEqual([429, 'rate/exceeded']);
    expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(0);
    const stop = await slow.request('/v1/leads/1/stop', { method: 'POST', body: {} });
    expect(stop.status).toBe(503);
  });
});

describe('The limits', () => {
  it('are told with figures, versions and origins, to whoever may read identities (F022, F029)', async () => {
    const { status, body } = await gateway.request('/v1/limits');
    expect(status).toBe(200);
    expect(body.profiles[0]).toMatchObject({
      name: 'conservative',
      version: 2,
      caps: { connect: { per24h: 15, per7d: 75 } },
    });
    const scopes = ['leads:read'];
    const other = await post('/v1/api-keys', { name: 'leads only', scopes });
    const refused = await gateway.request('/v1/limits', { key: other.body.key });
    expect(refused.status).toBe(403);
  });
});
