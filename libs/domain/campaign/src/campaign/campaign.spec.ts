import { dayMs } from '@overture/kernel';
import { defaultSchedule } from '@overture/policy';
import { keepsTheLaws, specification } from '@overture/testing/decider';
import fc from 'fast-check';
import { connectorSequence, messengerSequence, start } from '../../test/story.js';
import type { CampaignCommand, CreateCampaign } from './commands.js';
import { campaign } from './decide.js';
import type { CampaignEvent } from './events.js';

const { given } = specification(campaign);

const at = start;
const campaignId = 'c-1';

function create(over: Partial<CreateCampaign['data']> = {}): CreateCampaign {
  return {
    type: 'CreateCampaign',
    data: {
      campaignId,
      name: 'Spring',
      type: 'messenger',
      identityIds: ['i-1'],
      sequence: { steps: messengerSequence.steps },
      at,
      ...over,
    },
  };
}

const created: CampaignEvent = {
  type: 'CampaignCreated',
  data: {
    campaignId,
    name: 'Spring',
    type: 'messenger',
    identityIds: ['i-1'],
    sequenceVersion: 1,
    sequence: { version: 1, steps: messengerSequence.steps, acceptWithinDays: 21 },
    schedule: defaultSchedule,
    at,
  },
};
const launched: CampaignEvent = {
  type: 'CampaignLaunched',
  data: { campaignId, schedule: defaultSchedule, at },
};
const paused: CampaignEvent = { type: 'CampaignPaused', data: { campaignId, cause: 'asked', at } };
const finished: CampaignEvent = { type: 'CampaignFinished', data: { campaignId, at } };
const archived: CampaignEvent = { type: 'CampaignArchived', data: { campaignId, at } };

const launch: CampaignCommand = { type: 'LaunchCampaign', data: { at } };
const pause: CampaignCommand = { type: 'PauseCampaign', data: { cause: 'asked', at } };
const resume: CampaignCommand = { type: 'ResumeCampaign', data: { at } };
const finish: CampaignCommand = { type: 'FinishCampaign', data: { at } };
const archive: CampaignCommand = { type: 'ArchiveCampaign', data: { at } };
const shorter: CampaignCommand = {
  type: 'ReviseSequence',
  data: { sequence: { steps: messengerSequence.steps.slice(0, 1) }, at },
};
const revised: CampaignEvent = {
  type: 'SequenceRevised',
  data: {
    campaignId,
    sequenceVersion: 1,
    sequence: { version: 1, steps: messengerSequence.steps.slice(0, 1), acceptWithinDays: 21 },
    at,
  },
};
const sundays = { ...defaultSchedule, daysOff: ['2026-03-08'] };
const changeSchedule: CampaignCommand = { type: 'ChangeSchedule', data: { schedule: sundays, at } };

describe('A new campaign', () => {
  it('starts as a draft with working hours and a version (S2-09, S2-37)', () => {
    given().when(create()).then(created);
    given(created).when(create()).thenNothing();
  });

  it.each(['', 'Messenger', 'email'])(
    'needs one of the two types, not "%s" (F002, S2-10)',
    (type) => given().when(create({ type })).thenRefused('input/invalid'),
  );

  it.each([
    { name: ' ' },
    { identityIds: [] },
    { identityIds: ['i-1', 'i-1'] },
    { sequence: { steps: connectorSequence.steps } },
    { schedule: { ...defaultSchedule, windows: [] } },
    { schedule: { ...defaultSchedule, fallbackZone: 'Mars/Olympus' } },
  ])('is refused with %j', (over) => given().when(create(over)).thenRefused('input/invalid'));
});

describe('A draft', () => {
  it('is launched once (S2-15)', () => {
    given(created).when(launch).then(launched);
    given(created, launched).when(launch).thenNothing();
  });

  it('takes another sequence and keeps its version, which leads added before will follow', () => {
    given(created).when(shorter).then(revised);
    given(created, revised).when(shorter).thenNothing();
  });

  it('cannot be resumed or finished', () => {
    given(created).when(resume).thenRefused('campaign/not-launched');
    given(created).when(finish).thenRefused('campaign/not-launched');
  });
});

describe('A launched campaign', () => {
  it('gets another version; leads finish on the version they started (F016, P16)', () => {
    given(created, launched)
      .when(shorter)
      .then({
        type: 'SequenceRevised',
        data: {
          campaignId,
          sequenceVersion: 2,
          sequence: { ...revised.data.sequence, version: 2 },
          at,
        },
      });
    given(created, launched, finished).when(shorter).thenRefused('campaign/over');
  });

  it('takes other working hours', () => {
    given(created, launched)
      .when(changeSchedule)
      .then({ type: 'ScheduleChanged', data: { campaignId, schedule: sundays, at } });
    given(created, launched)
      .when({ type: 'ChangeSchedule', data: { schedule: defaultSchedule, at } })
      .thenNothing();
  });

  it('is paused and resumed (F001)', () => {
    given(created, launched).when(pause).then(paused);
    given(created, launched, paused).when(pause).thenNothing();
    given(created, launched, paused)
      .when(resume)
      .then({ type: 'CampaignResumed', data: { campaignId, at } });
  });

  it('is finished once, from a pause as well (F001)', () => {
    given(created, launched, paused).when(finish).then(finished);
    given(created, launched, finished).when(finish).thenNothing();
  });
});

describe('A campaign that is over', () => {
  it('cannot be launched, resumed or given other hours', () => {
    given(created, launched, finished).when(launch).thenRefused('campaign/over');
    given(created, launched, finished).when(resume).thenRefused('campaign/over');
    given(created, launched, finished).when(changeSchedule).thenRefused('campaign/over');
  });

  it('is never refused a stop (F119)', () => {
    given(created, launched, finished).when(pause).thenNothing();
    given(created, launched, finished).when(archive).then(archived);
    given(created, archived).when(archive).thenNothing();
  });
});

it('A campaign nobody created is not found', () =>
  given().when(launch).thenRefused('campaign/not-found'));

describe('Campaigns', () => {
  const commands = [create(), launch, pause, resume, finish, archive, shorter, changeSchedule];
  keepsTheLaws(campaign, {
    stories: fc
      .array(fc.constantFrom(...commands), { maxLength: 20 })
      .map((story) => [create(), ...story]),
    events: fc.constantFrom(created, launched, paused, finished, archived, revised),
  });
});

it('delays are whole milliseconds', () => {
  given()
    .when(create({ sequence: { steps: [{ kind: 'message', delayMs: dayMs / 7, text: 'Hi' }] } }))
    .thenRefused('input/invalid');
});
