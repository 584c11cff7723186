import { setTimeout as sleep } from 'node:timers/promises';
import type { DescMethodUnary } from '@bufbuild/protobuf';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/nats-core';
import { CampaignService, LeadService } from '@overture/contracts';
import { afterTests, testNats } from '@overture/testing';
import { heldBytes } from '@overture/testing/memory';
import { testGateway, type TestGateway } from './gateway.js';
import { playedBy } from './played.js';

let gateway: TestGateway;
let nats: NatsConnection;
beforeAll(async () => {
  const { url } = await testNats();
  gateway = await testGateway({ NATS_URL: url });
  nats = await connect({ servers: url });
  afterTests(() => nats.close());
});

/** Plays the campaign service for one call; gives what it was asked. */
const played = <M extends DescMethodUnary>(method: M, answer: (request: never) => object) =>
  playedBy(nats, method, answer);

/** The count once it stands still: a page takes a millisecond or two, we look for a hundred times that. */
async function settled(count: () => number): Promise<number> {
  for (let before = count(); ; before = count()) {
    await sleep(300);
    if (count() === before) return before;
  }
}

const lead = { leadId: 'l-1', firstName: 'Ada', lastName: 'Vale', version: 3 };
const campaign = CampaignService.method;
const leads = LeadService.method;

describe('A lead over HTTP', () => {
  it('is changed under If-Match; null removes a custom field (F049)', async () => {
    const service = await played(leads.updateLead, () => ({ ...lead, version: 4 }));
    const { status, headers } = await gateway.request('/v1/leads/l-1', {
      method: 'PATCH',
      body: { title: 'CTO', customFields: { seats: '9', plan: null } },
      headers: { 'if-match': '"3"' },
    });
    service.stop();
    expect([status, headers.get('etag')]).toEqual([200, '"4"']);
    expect(service.asked).toEqual([
      expect.objectContaining({
        leadId: 'l-1',
        expectedVersion: 3,
        title: 'CTO',
        customFields: { seats: '9' },
        removedCustomFields: ['plan'],
      }),
    ]);
    expect(service.asked[0]).not.toHaveProperty('firstName', '');
  });

  it('is refused with the path of what cannot be: a number, an unknown field', async () => {
    const body = { title: 7, nickname: 'A', customFields: { seats: 9 } };
    const answer = await gateway.request('/v1/leads/l-1', { method: 'PATCH', body });
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(answer.status).toBe(422);
    expect(pointers.sort()).toEqual(['/customFields', '/nickname', '/title']);
  });

  it('is never told to be unchanged by its version alone: its campaigns move', async () => {
    const service = await played(campaign.getLead, () => lead);
    const headers = { 'if-none-match': '"3"' };
    const { status } = await gateway.request('/v1/leads/l-1', { headers });
    service.stop();
    expect(status).toBe(200);
  });
});

describe('The export of leads (S2-56)', () => {
  const pages = 300;
  const perPage = 200;

  it('streams page by page in constant memory, and no cell is a formula', async () => {
    const title = `=${'x'.repeat(500)}`;
    const service = await played(campaign.listLeads, ({ cursor }: { cursor: string }) => {
      const page = Number(cursor || 1);
      const all = Array.from({ length: perPage }, (_, index) => ({
        ...lead,
        leadId: `l-${page}-${index}`,
        title,
      }));
      return { leads: all, nextCursor: page < pages ? String(page + 1) : '' };
    });
    const answer = await fetch(`${gateway.service.url}/v1/leads/export?accepted=false`, {
      headers: { authorization: `Bearer ${gateway.key}` },
    });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    let [lines, bytes] = [0, 0];
    const held: number[] = [];
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) lines++;
      if (bytes > (held.length + 1) * 5_000_000) held.push(await heldBytes());
    }
    service.stop();
    expect(lines).toBe(1 + pages * perPage);
    expect(service.asked).toHaveLength(pages);
    expect(bytes).toBeGreaterThan(30_000_000);
    // Both ends live in this process; all that went through between the first look and the last is gone.
    expect(held.at(-1)! - held[0]!).toBeLessThan(5_000_000);
  });

  it('asks for no page that nobody reads', async () => {
    const service = await played(campaign.listLeads, () => {
      const all = Array.from({ length: perPage }, () => ({ ...lead, title: 'y'.repeat(2_000) }));
      return { leads: all, nextCursor: 'more' };
    });
    const abort = new AbortController();
    const answer = await fetch(`${gateway.service.url}/v1/leads/export`, {
      headers: { authorization: `Bearer ${gateway.key}` },
      signal: abort.signal,
    });
    await answer.body?.getReader().read();
    const asked = await settled(() => service.asked.length);
    abort.abort();
    const afterwards = await settled(() => service.asked.length);
    service.stop();
    // What fits into the sockets' buffers is asked for ahead, and no more.
    expect(asked).toBeLessThan(50);
    // Whoever went on for a watcher that has gone would never stand still.
    expect(afterwards).toBeLessThan(50);
  });

  it('answers what is wrong as a problem, before the first byte', async () => {
    const { status, body } = await gateway.request('/v1/leads/export?changedSince=yesterday');
    expect([status, body.errors[0].pointer]).toEqual([422, '/changedSince']);
  });
});

describe('Moving accepted leads over HTTP (F058)', () => {
  it('is one call, however many pages it takes', async () => {
    const service = await played(leads.moveAccepted, ({ cursor }: { cursor: string }) => ({
      results: [{ leadId: `l-${cursor || 'a'}`, verdict: 'moved', identityId: 'i-1' }],
      nextCursor: cursor === '' ? 'b' : '',
    }));
    const { status, body } = await gateway.request('/v1/campaigns/c-1/move-accepted', {
      method: 'POST',
      body: { toCampaignId: 'c-2' },
    });
    service.stop();
    expect(status).toBe(200);
    expect(body.results.map(({ leadId }: { leadId: string }) => leadId)).toEqual(['l-a', 'l-b']);
  });
});

describe('The rules of who may be contacted over HTTP', () => {
  it('are set as a whole; what is absent is as above (F052, F057, F089)', async () => {
    const rules = { exclusive: false, cooldownDays: 7, setHere: ['exclusive'], version: 2 };
    const service = await played(leads.setLeadRules, () => rules);
    const { status, headers } = await gateway.request('/v1/campaigns/c-1/lead-rules', {
      method: 'PUT',
      body: { exclusive: false },
    });
    service.stop();
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    const [asked] = service.asked as Record<string, unknown>[];
    expect(asked).toMatchObject({ campaignId: 'c-1', exclusive: false });
    expect(asked?.['cooldownDays']).toBeUndefined();
  });
});
