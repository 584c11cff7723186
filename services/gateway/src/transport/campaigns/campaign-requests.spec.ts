import { ActionKind, CampaignType } from '@overture/contracts';
import { createCampaignRequest } from './campaign-requests.js';
import type { CreateCampaignDto } from './campaign.dto.js';

const dayMs = 86_400_000n;
const messageTemplates = {
  connection_request: 'Hi {first_name}',
  follow_up_messages: ['Second', 'Third'],
  follow_up_delays: [3, 5],
};
const campaign = { name: 'Spring', identityIds: ['i-1'] };

describe('A campaign in the words of the guide', () => {
  it('of type messenger opens with its first message (S2-01, S2-06, S2-08)', () => {
    const body: CreateCampaignDto = { ...campaign, type: 'messenger', messageTemplates };
    const { type, sequence } = createCampaignRequest(body);
    expect(type).toBe(CampaignType.MESSENGER);
    expect(sequence?.steps).toEqual([
      { kind: ActionKind.MESSAGE, delayMs: 0n, text: 'Hi {first_name}' },
      { kind: ActionKind.MESSAGE, delayMs: 3n * dayMs, text: 'Second' },
      { kind: ActionKind.MESSAGE, delayMs: 5n * dayMs, text: 'Third' },
    ]);
  });

  it('of type connector visits and invites first (S2-02)', () => {
    const body: CreateCampaignDto = { ...campaign, type: 'connector', messageTemplates };
    const kinds = createCampaignRequest(body).sequence?.steps?.map(({ kind }) => kind);
    expect(kinds).toEqual([
      ActionKind.VISIT,
      ActionKind.CONNECT,
      ActionKind.MESSAGE,
      ActionKind.MESSAGE,
    ]);
  });

  it('needs a delay for each follow-up, and one way of saying it', () => {
    const uneven = { ...messageTemplates, follow_up_delays: [3] };
    const body: CreateCampaignDto = { ...campaign, type: 'messenger', messageTemplates: uneven };
    expect(() => createCampaignRequest(body)).toThrow(/one delay for each of 2 messages/);
    const neither: CreateCampaignDto = { ...campaign, type: 'messenger' };
    expect(() => createCampaignRequest(neither)).toThrow(/either sequence or messageTemplates/);
  });
});
