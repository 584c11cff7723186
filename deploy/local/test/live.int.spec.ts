import { campaignService } from '@overture/campaign';
import { waitFor } from '@overture/testing';
import { webhookService } from '@overture/webhook';
import { apiOver, type Api } from './api.js';

let api: Api;
let leads: readonly { leadId: string }[];

beforeAll(async () => {
  api = await apiOver([campaignService, webhookService]);
  const sequence = { steps: [{ kind: 'message', text: 'Hi {first_name}' }] };
  const { campaignId } = await api.call<{ campaignId: string }>('/v1/campaigns', {
    json: { name: 'Live', type: 'messenger', identityIds: ['identity-1'], sequence },
  });
  const people = ['ada', 'bo'].map((name) => ({
    firstName: name,
    lastName: 'Vale',
    linkedinUrl: `linkedin.com/in/${name}-vale`,
  }));
  await api.call(`/v1/campaigns/${campaignId}/leads`, { json: { leads: people } });
  ({ leads } = await api.call<{ leads: typeof leads }>('/v1/leads'));
});

/** A place that is not known yet. */
const latest = 'latest~';

interface Seen {
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly type?: string;
    readonly payload?: { readonly data: { leadId: string } };
  };
}

/** Watches until `enough`, then hangs up. */
async function watch(enough: (seen: readonly Seen[]) => boolean, lastEventId?: string) {
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const answer = await api.send('/v1/live', { headers });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (enough(read(text))) break;
  }
  return read(text);
}

function read(text: string): Seen[] {
  const messages = text.split('\n\n').slice(0, -1);
  return messages.flatMap((message) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? '';
    return message.trim() === ''
      ? []
      : [{ id: field('id'), type: field('event'), data: JSON.parse(field('data')) }];
  });
}

/** Until the feed of the workspace has read where its events end: that place is what another watcher is told. */
async function endIsKnown(): Promise<void> {
  const place = async () => (await watch((seen) => seen.length > 0))[0]?.id ?? '';
  await waitFor(async () => !(await place()).startsWith(latest), {
    what: 'the end of the events',
    everyMs: 100,
  });
}

const stopped = (seen: readonly Seen[]) => seen.filter(({ data }) => data.type === 'lead.stopped');
const stop = (index: number) =>
  api.call(`/v1/leads/${leads[index]?.leadId}/stop`, { json: { reason: 'enough' } });

describe('A live view', () => {
  it('tells what happens from now on, and goes on where it stood', async () => {
    // Both leads were enrolled.
    await waitFor(async () => {
      const { events } = await api.call<{ events: unknown[] }>('/v1/events');
      return events.length >= 2;
    });
    let isOpen = false;
    const watching = watch((seen) => {
      isOpen = seen.length > 0;
      return stopped(seen).length > 0;
    });
    await waitFor(() => isOpen, { what: 'the first message' });
    await endIsKnown();
    await stop(0);
    const first = await watching;
    expect(first.filter(({ type }) => type === 'event')).toHaveLength(1);
    expect(stopped(first)[0]?.data.payload?.data.leadId).toBe(leads[0]?.leadId);

    await stop(1);
    const missed = await watch((seen) => stopped(seen).length > 0, first.at(-1)?.id);
    expect(stopped(missed).map(({ data }) => data.payload?.data.leadId)).toEqual([
      leads[1]?.leadId,
    ]);
  });

  it('says so when it cannot tell what was missed', async () => {
    const seen = await watch((all) => all.some(({ type }) => type === 'reset'), 'nonsense');
    expect(seen.map(({ type }) => type)).toContain('reset');
  });
});
