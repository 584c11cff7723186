import { LeadEnrolledSchema } from '@overture/contracts';
import { fromMs } from '@overture/kernel';
import type { RecordedEvent } from '@overture/event-store';
import { encodeEvent, MalformedEventError, published, readEnvelope } from './envelope.js';
import { MsgHdrsImpl } from '@nats-io/nats-core/internal';
import { encodedHeaders, fromNatsHeaders } from './headers.js';

const event: RecordedEvent = {
  type: 'LeadEnrolled',
  data: { leadId: 'lead-1' },
  id: 'event-1',
  tenantId: 'tenant-1',
  streamId: 'enrollment-1',
  version: 3,
  bucket: 0,
  position: 41,
  schemaVersion: 1,
  meta: { correlationId: 'c-1', traceparent: '00-1-2-01' },
  recordedAt: fromMs(0),
};
const publish = () => published(LeadEnrolledSchema, { enrollment: { leadId: 'lead-1' } });

describe('A published event', () => {
  const { headers, body, subject } = encodeEvent('campaign', publish, event);

  it('is a CloudEvent whose body is ProtoJSON', () => {
    expect(headers).toEqual({
      'Nats-Msg-Id': 'event-1',
      'ce-specversion': '1.0',
      'ce-id': 'event-1',
      'ce-type': 'overture.campaign.v1.LeadEnrolled',
      'ce-source': '/overture/campaign',
      'ce-subject': 'enrollment-1',
      'ce-time': '1970-01-01T00:00:00.000Z',
      'ce-tenant': 'tenant-1',
      'ce-version': '3',
      'ce-position': '41',
      'ce-correlationid': 'c-1',
      traceparent: '00-1-2-01',
    });
    expect(JSON.parse(body)).toEqual({ enrollment: { leadId: 'lead-1' } });
    expect(subject).toMatch(/^overture\.event\.campaign\.v1\.LeadEnrolled\.\d\d$/);
  });

  it('says the same after the wire', () => {
    const wire = (encodedHeaders(headers) as MsgHdrsImpl).encode();
    const read = readEnvelope(fromNatsHeaders(MsgHdrsImpl.decode(wire)));
    expect(read).toEqual({
      type: 'overture.campaign.v1.LeadEnrolled',
      context: 'campaign',
      eventId: 'event-1',
      tenantId: 'tenant-1',
      streamId: 'enrollment-1',
      version: 3,
      occurredAt: fromMs(0),
      meta: { correlationId: 'c-1', traceparent: '00-1-2-01' },
    });
  });

  it.each([
    ['no version', { 'ce-version': '' }],
    ['a version that is none', { 'ce-version': 'x' }],
    ['no tenant', { 'ce-tenant': '' }],
    ['no stream', { 'ce-subject': '' }],
  ])('with %s is no event of ours', (_name, change) =>
    expect(() => readEnvelope({ ...headers, ...change })).toThrow(MalformedEventError),
  );

  it('cannot smuggle a header in a value', () =>
    expect(() => encodedHeaders({ 'ce-actor': 'x\r\nce-tenant: other' })).toThrow('line break'));
});
