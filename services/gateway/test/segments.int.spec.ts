import type { DescMethodUnary } from '@bufbuild/protobuf';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/nats-core';
import { CampaignService, SegmentService, type AddSegmentRequest } from '@overture/contracts';
import { afterTests, testNats } from '@overture/testing';
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

const rpc = SegmentService.method;

describe('Groups of leads over HTTP (F048)', () => {
  it('are tagged in one call, with one verdict each', async () => {
    const verdict = { index: 0, leadId: 'l-1', verdict: 'changed', tags: ['vip'] };
    const service = await played(rpc.tagLeads, () => ({ results: [verdict] }));
    const body = { leadIds: ['l-1'], set: ['VIP'] };
    const answer = await gateway.request('/v1/leads/tags', { method: 'POST', body });
    service.stop();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ results: [verdict] });
    expect(service.asked).toMatchObject([{ leadIds: ['l-1'], set: ['VIP'], unset: [] }]);
  });

  it('narrow the list of leads by tag', async () => {
    const service = await played(CampaignService.method.listLeads, () => ({ leads: [] }));
    await gateway.request('/v1/leads?tag=vip');
    service.stop();
    expect(service.asked).toMatchObject([{ tag: 'vip' }]);
  });

  it('are kept as a filter; what is no part of one is refused by its path (S2-55)', async () => {
    const service = await played(rpc.createSegment, () => ({ segmentId: 's-1', name: 'CTOs' }));
    const create = (filter: object) =>
      gateway.request('/v1/segments', { method: 'POST', body: { name: 'CTOs', filter } });
    expect((await create({ titles: ['CTO'], industries: ['Banking'] })).status).toBe(201);
    const refused = await create({ salary: ['high'] });
    service.stop();
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('salary');
    expect(service.asked).toMatchObject([
      { name: 'CTOs', filter: { titles: ['CTO'], industries: ['Banking'], tags: [] } },
    ]);
  });

  it('are added to a campaign in batches; an answer is bounded and says where to go on', async () => {
    const service = await played(rpc.addSegment, ({ limit, cursor }: AddSegmentRequest) => {
      const results = Array.from({ length: limit }, (_, index) => ({
        index,
        verdict: 'added',
        leadId: `l-${cursor}-${index}`,
      }));
      return { results, nextCursor: String(Number(cursor) + 1) };
    });
    const path = '/v1/campaigns/c-1/leads/from-segment';
    const body = { segmentId: 's-1', cursor: '3' };
    const answer = await gateway.request(path, { method: 'POST', body });
    service.stop();
    const report = answer.body as { results: { index: number }[]; nextCursor: string };
    expect(answer.status).toBe(200);
    expect(report.results.map(({ index }) => index)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index),
    );
    expect(report.nextCursor).toBe('8');
    expect(service.asked).toHaveLength(5);
    expect(service.asked[0]).toMatchObject({ campaignId: 'c-1', segmentId: 's-1', cursor: '3' });
  });
});
