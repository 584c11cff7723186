import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { campaignService } from '@overture/campaign';
import { waitFor } from '@overture/testing';
import { apiOver, type Api } from './api.js';

const sample = readFileSync(join(__dirname, '../../../samples/connections.csv'));
let api: Api;

beforeAll(async () => {
  api = await apiOver([campaignService]);
});

interface Imported {
  readonly import: Record<string, unknown>;
  readonly problems: readonly Record<string, unknown>[];
}

const upload = (body: NonNullable<RequestInit['body']>, type = 'text/csv') =>
  api.call<Imported>('/v1/imports?fileName=connections.csv', {
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
    const before = await api.call<{ leads: unknown[] }>('/v1/leads');
    expect(before.leads).toEqual([]);

    const path = `/v1/imports/${String(checked.import['importId'])}`;
    await api.call(`${path}/commit`, { method: 'POST' });
    await waitFor(async () => (await api.call<{ status: string }>(path)).status === 'committed');
    expect(await api.call(path)).toMatchObject({ imported: 76, duplicates: 3, rejected: 3 });
    const after = await api.call<{ leads: unknown[] }>('/v1/leads?limit=200');
    expect(after.leads).toHaveLength(76);
  });

  it('sent again as a form finds everybody known', async () => {
    const form = new FormData();
    form.set('file', new Blob([sample]), 'connections.csv');
    const { import: again } = await api.call<Imported>('/v1/imports', {
      method: 'POST',
      body: form,
    });
    expect(again).toMatchObject({ importable: 0, duplicates: 79, rejected: 3 });
  });

  it('cut off on its way imports nobody', async () => {
    const before = await api.call<{ leads: unknown[] }>('/v1/leads?limit=200');
    await cutOff();
    const after = await api.call<{ leads: unknown[] }>('/v1/leads?limit=200');
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
    authorization: `Bearer ${api.key}`,
    'content-type': 'text/csv',
    'content-length': '1000000',
  };
  const sent = httpRequest(`${api.url}/v1/imports`, { method: 'POST', headers });
  return new Promise((resolve) => {
    sent.on('error', () => resolve());
    sent.write('first_name,last_name,linkedin_url\n'.concat('New,Face,linkedin.com/in/new-face\n'));
    setTimeout(() => sent.destroy(new Error('cut')), 200);
  });
}
