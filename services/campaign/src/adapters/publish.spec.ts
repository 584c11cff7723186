import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, toJson } from '@bufbuild/protobuf';
import type { RecordedEvent } from '@overture/event-store';
import { publish } from './publish.js';

const goldens = join(process.cwd(), 'libs/domain/campaign/golden');
const enrollment = {
  enrollmentId: 'enrollment-1',
  campaignId: 'campaign-1',
  leadId: 'lead-1',
  identityId: 'identity-1',
};

function stored(file: string): RecordedEvent {
  const [type = ''] = file.split('.');
  const data = JSON.parse(readFileSync(join(goldens, file), 'utf8')) as object;
  const streamId = streamOf(type);
  // As decide-enrollments stores them: every event but the first says whom it is about.
  const isFirst = type === 'LeadEnrolled';
  const about = streamId !== 'enrollment-1' || isFirst ? {} : { enrollment };
  return { streamId, type, data: { ...data, ...about } } as unknown as RecordedEvent;
}

function streamOf(type: string): string {
  if (/^(Campaign|SequenceRevised|Schedule)/.test(type)) return 'campaign-1';
  if (type === 'LeadRulesSet') return 'rules-1';
  return /^Lead(Changed|Merged|Separated|Enriched|NotEnriched)$/.test(type)
    ? 'lead-1'
    : 'enrollment-1';
}

describe('The public form of an event', () => {
  it.each(readdirSync(goldens))('exists for %s: a hole would stop every consumer (P3)', (file) => {
    const event = stored(file);
    const { schema, message } = publish(event);
    expect(schema.typeName).toBe(`overture.campaign.v1.${event.type}`);
    const body = toJson(schema, create(schema, message as never)) as Record<string, unknown>;
    expect(body['at']).toBe((event.data as { at: string }).at);
    if (event.streamId === 'enrollment-1') expect(body['enrollment']).toHaveProperty('leadId');
    expect(JSON.stringify(body)).not.toMatch(/"(steps|text)":.*\{first_name/);
  });

  it('says every fact that is stored, under the same name', () => {
    const event = stored('ActionPlanned.v1.json');
    const { schema, message } = publish(event);
    const body = toJson(schema, create(schema, message as never)) as Record<string, unknown>;
    const { kind: _, ...facts } = event.data as Record<string, unknown>;
    // ProtoJSON leaves out what is empty or false.
    const said = Object.fromEntries(Object.entries(facts).filter(([, value]) => Boolean(value)));
    expect(body).toMatchObject(said);
  });
});
