import { InvalidInputError } from '@overture/kernel';
import { defaultSchedule, type Schedule } from '@overture/policy';
import { specification } from '@overture/testing/decider';
import { connectorSequence, start as at } from '../../test/story.js';
import type { CampaignCommand } from './commands.js';
import { campaign } from './decide.js';
import { settingsProblems, type CampaignSettings } from './settings.js';

const { given } = specification(campaign);
const campaignId = 'c-1';
const { version: _, ...sequence } = connectorSequence;
const create: CampaignCommand = {
  type: 'CreateCampaign',
  data: { campaignId, name: 'Spring', type: 'connector', identityIds: ['i-1'], sequence, at },
};
const created = campaign.decide(create, campaign.initialState);
const change = (settings: CampaignSettings): CampaignCommand => {
  return { type: 'ChangeSettings', data: { settings, at } };
};

describe('The settings of a campaign', () => {
  const settings = { dailyCaps: { connect: 10 }, first: 'new_leads' } as const;
  const changed = { type: 'CampaignSettingsChanged', data: { campaignId, settings, at } } as const;

  it('are caps of its own and what goes first (F020, F025)', () => {
    given(...created)
      .when(change(settings))
      .then(changed);
    given(...created, changed)
      .when(change({ first: 'new_leads', dailyCaps: { connect: 10 } }))
      .thenNothing();
  });

  it('are the same whether what holds anyway is said or not', () => {
    given(...created)
      .when(change({ first: 'follow_ups', whenNotesUsedUp: 'send_without' }))
      .thenNothing();
    const schedule: Schedule = { ...defaultSchedule, holidays: 'skip' };
    given(...created)
      .when({ type: 'ChangeSchedule', data: { schedule, at } })
      .thenNothing();
  });

  it('say how few people of one company hear from it, and what an answer means to others (F034)', () => {
    const company = { cap: { people: 2, days: 7 }, stopColleaguesOnReply: true } as const;
    given(...created)
      .when(change({ company }))
      .then({ type: 'CampaignSettingsChanged', data: { campaignId, settings: { company }, at } });
    const wrong = { company: { cap: { people: 0, days: 400 } } };
    expect(settingsProblems(wrong).map(({ path }) => path)).toEqual([
      '/settings/company/cap/people',
      '/settings/company/cap/days',
    ]);
  });

  it('say whether an invitation waits for a note once they are used up (F027, P20)', () => {
    const waits = { whenNotesUsedUp: 'wait' } as const;
    const told = {
      type: 'CampaignSettingsChanged',
      data: { campaignId, settings: waits, at },
    } as const;
    given(...created)
      .when(change(waits))
      .then(told);
  });

  it('may be given with the campaign', () => {
    const data = { ...create.data, settings } as (typeof create)['data'];
    const [event] = campaign.decide(
      { type: 'CreateCampaign', data } as never,
      campaign.initialState,
    );
    expect(event).toMatchObject({ type: 'CampaignCreated', data: { settings } });
  });

  it.each([
    { dailyCaps: { shout: 1 } },
    { dailyCaps: { connect: -1 } },
    { calendarDayCaps: { connect: 0.5 } },
    { first: 'last' },
    { whenNotesUsedUp: 'complain' },
    { company: { cap: { people: 0, days: 7 } } },
    { company: { cap: { people: 2, days: 1.5 } } },
    { company: { cap: { people: 2 } } },
  ])('are refused when they mean nothing: %j', (wrong) =>
    expect(() =>
      campaign.decide(
        change(wrong as CampaignSettings),
        created.reduce(campaign.evolve, campaign.initialState),
      ),
    ).toThrow(InvalidInputError),
  );
});
