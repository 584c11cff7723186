import { campaignService } from '@overture/campaign';
import { schedulerService } from '@overture/scheduler';
import { senderService } from '@overture/sender';
import { syncService } from '@overture/sync';
import { waitFor } from '@overture/testing';
import { apiOver, type Api } from './api.js';

type Row = Record<string, unknown> & { readonly id: string; readonly status: string };

let api: Api;
let queue: string;

beforeAll(async () => {
  api = await apiOver([syncService, schedulerService, campaignService, senderService]);
  queue = `/api/linkedin/queue/${api.workspaceId}`;
});

const list = async (status = '') =>
  api.call<{ queue: Row[]; counters: object[] }>(`${queue}${status && `?status=${status}`}`);
const next = () => api.call<Row | null>(`${queue}/next`);

const always = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
};

/** A launched campaign of one person, invited through the browser of its customer. */
async function invite(
  handle: string,
  { review = false, then = [] as readonly object[] } = {},
): Promise<void> {
  const { identityId } = await api.call<{ identityId: string }>('/v1/identities', {
    json: {
      name: handle,
      provider: 'companion',
      accountRef: `browser-of-${handle}`,
      timeZone: 'Europe/Lisbon',
    },
  });
  const invitation = { kind: 'connect', delayMs: 0, text: 'Hello {first_name}', review };
  const steps = [invitation, ...then];
  const { campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', {
    json: {
      name: handle,
      type: 'connector',
      identityIds: [identityId],
      sequence: { steps, acceptWithinDays: 21 },
      schedule: always,
    },
  });
  const lead = { firstName: 'Ada', lastName: 'Vale', companyName: 'Vale Ltd', title: 'CEO' };
  const linkedinUrl = `https://www.linkedin.com/in/${handle}`;
  await api.call(`/v1/campaigns/${campaignId}/leads`, {
    json: { leads: [{ ...lead, linkedinUrl }] },
  });
  await api.call(`/v1/campaigns/${campaignId}/launch`, { method: 'POST' });
}

async function pendingRow(prospectUrl: string): Promise<Row> {
  const find = async () =>
    (await list('pending_review')).queue.find((row) => row['prospectUrl'] === prospectUrl);
  await waitFor(async () => (await find()) !== undefined, { what: 'a draft to review' });
  return (await find())!;
}

async function nextJob(): Promise<Row> {
  let job: Row | null = null;
  await waitFor(async () => (job = await next()) !== null, { what: 'a job for the browser' });
  return job as unknown as Row;
}

describe("The queue of a customer's browser (F072, S3-44..S3-49)", () => {
  it('goes from a launched campaign to a reported result, without LinkedIn seen from here (S3-52)', async () => {
    expect(await next()).toBeNull();
    await invite('ada-vale');
    const job = await nextJob();
    expect(job).toMatchObject({
      customerId: api.workspaceId,
      action: 'connection_request',
      status: 'approved',
      prospectUrl: 'https://www.linkedin.com/in/ada-vale',
      prospectName: 'Ada Vale',
      prospectCompany: 'Vale Ltd',
      prospectRole: 'CEO',
      body: 'Hello Ada',
      attempt: 1,
    });
    expect(await next()).toBeNull();
    const resultUrl = 'https://www.linkedin.com/in/ada-vale';
    const report = { success: true, resultUrl, leaseId: job['leaseId'] };
    const sent = await api.call<Row>(`${queue}/${job.id}/result`, { json: report });
    expect(sent).toMatchObject({ id: job.id, status: 'sent', resultUrl });
    const again = await api.call<Row>(`${queue}/${job.id}/result`, { json: { success: false } });
    expect(again).toMatchObject({ status: 'sent' });
    const { queue: rows, counters } = await list('sent');
    expect(rows).toMatchObject([{ id: job.id, prospectName: 'Ada Vale', resultUrl }]);
    expect(counters).toContainEqual({ action: 'connection_request', used: 1, cap: 15 });
    expect((await list('failed')).queue).toEqual([]);
  });

  it('tells the campaign what came of it, and lists the failure with its reason (S3-53)', async () => {
    await invite('bob-moss');
    const job = await nextJob();
    const report = { success: false, errorMessage: 'Page not found' };
    await api.call(`${queue}/${job.id}/result`, { json: report });
    const failed = expect.objectContaining({ id: job.id, errorMessage: 'Page not found' });
    expect((await list('failed')).queue).toContainEqual(failed);
    await waitFor(
      async () => {
        const { actions } = await api.call<{ actions: Row[] }>('/v1/actions?limit=200');
        return actions.some(
          (action) => action['actionId'] === job.id && action.status === 'failed',
        );
      },
      { what: 'the campaign to know' },
    );
  });

  it('hears from it who accepted and who answered: the sequence goes on, then stops (S3-02, F085, F087)', async () => {
    await invite('ann-lee', { then: [{ kind: 'message', delayMs: 0, text: 'Thanks' }] });
    const { id, leaseId } = await nextJob();
    await api.call(`${queue}/${id}/result`, { json: { success: true, leaseId } });
    const tell = async (what: string) => {
      const json = { at: new Date().toISOString() };
      return api.call<{ recorded: boolean }>(`${queue}/${id}/${what}`, { json });
    };
    const isThere = (status: string) =>
      waitFor(
        async () => {
          const { leads } = await api.call<{ leads: { enrollments: Row[] }[] }>(
            '/v1/leads?limit=50',
          );
          return leads.some(({ enrollments }) => enrollments[0]?.status === status);
        },
        { what: `a lead that is ${status}` },
      );
    await isThere('invited');
    expect(await tell('accepted')).toEqual({ recorded: true });
    expect(await tell('accepted')).toEqual({ recorded: false });
    await isThere('connected');
    expect(await tell('replied')).toEqual({ recorded: true });
    expect(await tell('replied')).toEqual({ recorded: false });
    await isThere('replied');
  });

  it.each([
    ['no time', {}],
    ['a time that is none', { at: 'yesterday' }],
    ['a text in place of an id', { at: '2026-03-02T09:00:00Z', messageId: 'Hello Ada, yes!' }],
    ['more than was asked', { at: '2026-03-02T09:00:00Z', text: 'Yes please' }],
  ])('takes no sighting with %s (P10)', async (_, json) => {
    expect((await api.send(`${queue}/e.0.0/replied`, { json })).status).toBe(422);
  });

  it('takes no sighting of a job that nobody fetched, or that is not there', async () => {
    const json = { at: '2026-03-02T09:00:00Z' };
    expect((await api.send(`${queue}/e.0.0/accepted`, { json })).status).toBe(404);
    const other = '/api/linkedin/queue/00000000-0000-4000-8000-000000000001';
    expect((await api.send(`${other}/e.0.0/replied`, { json })).status).toBe(404);
  });

  it('waits for a person where the step is reviewed; approved words are sent as they are (S3-19, S3-20, S3-32, S3-45, F069, F070)', async () => {
    await invite('eve-stone', { review: true });
    const draft = await pendingRow('https://www.linkedin.com/in/eve-stone');
    expect(draft).toMatchObject({ action: 'connection_request', body: 'Hello Ada' });
    expect(await next()).toBeNull();
    const body = 'Good morning Ada';
    const approved = await api.call<Row>(`${queue}/${draft.id}/approve`, { json: { body } });
    expect(approved).toMatchObject({ id: draft.id, status: 'approved', body });
    expect(approved['approvedByUserId']).toMatch(/^key:/);
    expect(await nextJob()).toMatchObject({ id: draft.id, body });
  });

  it('leaves out what a person skips, for good (S3-21, S3-46)', async () => {
    await invite('sam-field', { review: true });
    const draft = await pendingRow('https://www.linkedin.com/in/sam-field');
    const skipped = await api.call<Row>(`${queue}/${draft.id}/skip`, { json: {} });
    expect(skipped).toMatchObject({ id: draft.id, status: 'skipped' });
    const rows = (await list('skipped')).queue;
    expect(rows).toContainEqual(expect.objectContaining({ id: draft.id }));
    expect(await next()).toBeNull();
  });

  it.each(['', '/next'])('of another workspace does not exist: GET %s (S3-49)', async (path) => {
    const other = `/api/linkedin/queue/00000000-0000-4000-8000-000000000001${path}`;
    expect((await api.send(other)).status).toBe(404);
  });

  it('has no job and no draft that nobody made', async () => {
    const unknown = await api.send(`${queue}/e.0.0/result`, { json: { success: true } });
    expect(unknown.status).toBe(404);
    expect((await api.send(`${queue}/e.0.0/approve`, { json: {} })).status).toBe(404);
    expect((await api.send(`${queue}/e.0.0/skip`, { json: {} })).status).toBe(404);
    expect((await api.send(`${queue}?status=claimed`)).status).toBe(422);
  });
});
