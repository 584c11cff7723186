import { create } from '@bufbuild/protobuf';
import {
  ActionKind,
  ActionKindSchema,
  CampaignSchema,
  CampaignType,
  LeadEventSchema,
} from '@overture/contracts';
import { enumNumber, publicJson, publicWords } from './public-json.js';

describe('A message in public', () => {
  it('has plain words, numbers and lists, and leaves out what is empty', () => {
    const campaign = create(CampaignSchema, {
      campaignId: 'c-1',
      type: CampaignType.CONNECTOR,
      sequence: { steps: [{ kind: ActionKind.CONNECT, delayMs: 86_400_000n, text: 'Hi' }] },
    });
    expect(publicJson(CampaignSchema, campaign)).toEqual({
      campaignId: 'c-1',
      type: 'connector',
      sequence: {
        version: 0,
        acceptWithinDays: 0,
        review: false,
        steps: [
          {
            kind: 'connect',
            delayMs: 86_400_000,
            text: 'Hi',
            review: false,
            longNote: false,
            variants: [],
          },
        ],
      },
      identityIds: [],
      version: 0,
      warnings: [],
    });
  });

  it('opens JSON that travels as text', () => {
    const event = create(LeadEventSchema, { eventId: 'e', dataJson: '{"a":1}' });
    expect(publicJson(LeadEventSchema, event)).toMatchObject({ eventId: 'e', data: { a: 1 } });
  });

  it('has a number for each of its words', () => {
    expect(publicWords(ActionKindSchema)).toEqual([
      'visit',
      'connect',
      'message',
      'withdraw',
      'inmail',
      'comment',
      'task',
      'wait',
      'branch',
    ]);
    expect(enumNumber(ActionKindSchema, 'message')).toBe(ActionKind.MESSAGE);
    expect(enumNumber(ActionKindSchema, 'nonsense')).toBe(0);
  });
});
