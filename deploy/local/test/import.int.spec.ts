import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { campaignService } from '@overture/campaign';
import { gatewayService, newApiKey } from '@overture/gateway';
import { startService } from '@overture/service-kit';
import { afterTests, freshDatabase, testNats, waitFor } from '@overture/testing';

const sample = readFileSync(join(__dirname, '../../../samples/connections.csv'));
const { text: key } = newApiKey('test');
let url: string;

beforeAll(async () => {
  const { services } = await freshDatabase(['gateway', 'campaign']);
  const nats = await testNats();
  const environment = {
    GATEWAY_DATABASE_URL: services['gateway']!.databaseUrl,
    CAMPAIGN_DATABASE_URL: services['campaign']!.databaseUrl,
    NATS_URL: nats.url,
    GATEWAY_PORT: '0',
    SEAL_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    FINGERPRINT_KEY: 'a key of this test alone, 32 bytes',
    BOOTSTRAP_API_KEY: key,
    BOOTSTRAP_WORKSPACE_ID: randomUUID(),
    LOG_LEVEL: 'silent',
    ALLOW_UNSAFE_DURABILITY: 'true',
  };
  const campaign = await startService(campaignService, environment);
  const gateway = await startService(gatewayService, environment);
  afterTests(async () => {
    await gateway.close();
    await campaign.close();
  });
  url = gateway.url;
});

interface Imported {
  readonly import: Record<string, unknown>;
  readonly problems: readonly Record<string, unknown>[];
}

interface Call {
  readonly method?: string;
  readonly body?: NonNullable<RequestInit['body']>;
  readonly headers?: Record<string, string>;
}

async function call<T>(path: string, options: Call = {}): Promise<T> {
  const headers = { ...options.headers, authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}${path}`, { ...options, headers });
  return (await answer.json()) as T;
}

const upload = (body: NonNullable<RequestInit['body']>, type = 'text/csv') =>
  call<Imported>('/v1/imports?fileName=connections.csv', {
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });

describe("LinkedIn's own export over the API (F045, F046)", () => {
  it('gets a verdict for every row before anybody is a lead, then becomes leads as a whole', async () => {
    const checked = await upload(sample);
    const counts = { rows: 82, importable: 76, duplicates: 3, rejected: 3 };
    expect(checked.import).toMatchObject({ status: 'checked', imported: 0, ...counts });
    expect(checked.problems).toContainEqual({
      row: 23,
      verdict: 'duplicate',
      reason: 'The same person as row 5.',
      duplicateOfRow: 5,
    });
    const before = await call<{ leads: unknown[] }>('/v1/leads');
    expect(before.leads).toEqual([]);

    const path = `/v1/imports/${String(checked.import['importId'])}`;
    await call(`${path}/commit`, { method: 'POST' });
    await waitFor(async () => (await call<{ status: string }>(path)).status === 'committed');
    expect(await call(path)).toMatchObject({ imported: 76, duplicates: 3, rejected: 3 });
    const after = await call<{ leads: unknown[] }>('/v1/leads?limit=200');
    expect(after.leads).toHaveLength(76);
  });

  it('sent again as a form finds everybody known', async () => {
    const form = new FormData();
    form.set('file', new Blob([sample]), 'connections.csv');
    const { import: again } = await call<Imported>('/v1/imports', { method: 'POST', body: form });
    expect(again).toMatchObject({ importable: 0, duplicates: 79, rejected: 3 });
  });

  it('cut off on its way imports nobody', async () => {
    const before = await call<{ leads: unknown[] }>('/v1/leads?limit=200');
    await cutOff();
    const after = await call<{ leads: unknown[] }>('/v1/leads?limit=200');
    expect(after.leads).toHaveLength(before.leads.length);
  });

  it.each([
    ['first_name,company\nAda,Vale\n', 'text/csv', 'input/invalid'],
    ['PK\x03\x04', 'text/csv', 'import/not-csv'],
    ['x', 'application/json', 'request/unreadable'],
  ])('is refused as a problem when it is none: %j', async (body, type, code) => {
    const answer = (await upload(body, type)) as unknown as { code: string };
    expect(answer.code).toBe(code);
  });
});

/** Announces more than it sends, and hangs up. */
function cutOff(): Promise<void> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'text/csv',
    'content-length': '1000000',
  };
  const sent = httpRequest(`${url}/v1/imports`, { method: 'POST', headers });
  return new Promise((resolve) => {
    sent.on('error', () => resolve());
    sent.write('first_name,last_name,linkedin_url\n'.concat('New,Face,linkedin.com/in/new-face\n'));
    setTimeout(() => sent.destroy(new Error('cut')), 200);
  });
}
