import { campaignService } from '@overture/campaign';
import { apiOver, type Api } from './api.js';

interface Answer {
  readonly campaignId: string;
  readonly version: number;
  readonly sequence: { readonly version: number; readonly steps: readonly object[] };
  readonly [field: string]: unknown;
}

const steps = [
  { id: 'look', kind: 'visit' },
  {
    id: 'invite',
    kind: 'connect',
    delayMs: 86_400_000,
    variants: [
      { id: 'note', text: 'Hi {first_name}' },
      { id: 'none', text: '', weight: 3 },
    ],
  },
  {
    id: 'accepted',
    kind: 'branch',
    branch: { when: 'accepted_within', days: 7, yes: 'title', no: 'back' },
  },
  {
    id: 'title',
    kind: 'branch',
    branch: { when: 'field', field: 'title', op: 'contains', value: 'head', yes: 'mail', no: 'hi' },
  },
  { id: 'mail', kind: 'inmail', subject: 'A question', text: 'Hello', next: 'end' },
  { id: 'hi', kind: 'message', text: 'Hello {first_name|there}', review: true, next: 'end' },
  { id: 'back', kind: 'withdraw' },
];

let api: Api;
let made: Answer;
beforeAll(async () => {
  api = await apiOver([campaignService]);
  const campaign = { name: 'Spring', type: 'connector', identityIds: ['identity-1'] };
  const lateAcceptance = 'park';
  made = await api.call<Answer>('/v1/campaigns', {
    json: { ...campaign, sequence: { steps, lateAcceptance } },
  });
});

const sendJson = (method: string, path: string, body: unknown) =>
  api.call<Answer>(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

// What an answer shows can be sent back: a client reads, changes one thing and writes.
describe('What the API answers, sent back to it', () => {
  it('is a sequence that changes nothing (F004)', async () => {
    const read = await api.call<Answer>(`/v1/campaigns/${made.campaignId}`);
    const { sequence, schedule, settings } = read;
    const path = `/v1/campaigns/${made.campaignId}`;
    const written = await sendJson('PATCH', path, { sequence, schedule, settings });
    expect(written['errors']).toBeUndefined();
    expect(written).toEqual(read);
  });

  it('is a sequence file that another campaign takes as it is (F017)', async () => {
    const file = await api.call<object>(`/v1/campaigns/${made.campaignId}/sequence`);
    expect(file).toMatchObject({ format: 'overture.sequence', formatVersion: 1 });
    const other = await api.call<Answer>('/v1/campaigns', {
      json: {
        name: 'Summer',
        type: 'connector',
        identityIds: ['identity-1'],
        sequence: { steps: [{ kind: 'connect' }] },
      },
    });
    const taken = await sendJson('PUT', `/v1/campaigns/${other.campaignId}/sequence`, file);
    expect(taken.sequence.steps).toEqual(made.sequence.steps);
    expect(await api.call(`/v1/campaigns/${other.campaignId}/sequence`)).toEqual(file);
  });
});
