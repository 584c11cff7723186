import { dayMs, InvalidInputError } from '@overture/kernel';
import { connectorSequence, messengerSequence } from '../../test/story.js';
import { checkSequence } from './check-sequence.js';
import { sequenceFromTemplates } from './message-templates.js';
import { messageCount, messageTypeOf, type CampaignType, type Step } from './sequence.js';

const visit: Step = { kind: 'visit', delayMs: 0, text: '' };
const connect: Step = { kind: 'connect', delayMs: 0, text: 'Hello {first_name}' };
const message = (text = 'Hi {first_name}', days = 3): Step => {
  return { kind: 'message', delayMs: days * dayMs, text };
};

function pathsOf(type: CampaignType, ...steps: readonly Step[]): string[] {
  return checkSequence(type, { steps }).problems.map(({ path }) => path);
}

describe('The order of steps (F002)', () => {
  it('is visits, one invitation, then messages for a connector (S2-02)', () => {
    expect(pathsOf('connector', visit, connect, message(), message())).toEqual([]);
    expect(pathsOf('connector', connect)).toEqual([]);
  });

  it('is messages only for a messenger (S2-01)', () => {
    expect(pathsOf('messenger', message(), message())).toEqual([]);
    expect(pathsOf('messenger', connect, message())).toEqual(['/steps/0/kind']);
    expect(pathsOf('messenger')).toEqual(['/steps']);
  });

  it('has exactly one invitation, before every message', () => {
    expect(pathsOf('connector', message())).toEqual(['/steps']);
    expect(pathsOf('connector', connect, connect)).toEqual(['/steps']);
    expect(pathsOf('connector', message(), connect)).toEqual(['/steps/0/kind']);
    expect(pathsOf('connector', connect, visit)).toEqual(['/steps/1/kind']);
  });

  it('is at most 30 steps long', () => {
    expect(pathsOf('messenger', ...Array.from({ length: 31 }, () => message()))).toEqual([
      '/steps',
    ]);
  });
});

describe('The steps', () => {
  it('have texts where people read them', () =>
    expect(pathsOf('messenger', message('  '))).toEqual(['/steps/0/text']));

  it('name only fields that exist (F060)', () => {
    expect(pathsOf('messenger', message('{frist_name}'))).toEqual(['/steps/0/text']);
    expect(pathsOf('messenger', message('{custom.seats} {company_name}'))).toEqual([]);
  });

  it('refuse braces that name nothing, as other tools write them (P05)', () =>
    expect(pathsOf('messenger', message('Hi {{first_name}}'))).toEqual(['/steps/0/text']));

  it('fit what the action takes, before any field is filled in (F064)', () => {
    expect(pathsOf('connector', { ...connect, text: 'x'.repeat(281) })).toEqual(['/steps/0/text']);
    expect(pathsOf('messenger', message('x'.repeat(2_001)))).toEqual(['/steps/0/text']);
    expect(pathsOf('connector', { ...visit, text: 'Hi' }, connect)).toEqual(['/steps/0/text']);
  });

  it('have delays of their own, from none to a year (F003, S1-19)', () => {
    expect(pathsOf('messenger', message('Hi', -1))).toEqual(['/steps/0/delayMs']);
    expect(pathsOf('messenger', message('Hi', 366))).toEqual(['/steps/0/delayMs']);
  });

  it('wait 1 to 180 days for an acceptance', () => {
    const wait = (acceptWithinDays: number) =>
      checkSequence('connector', { steps: [connect], acceptWithinDays }).problems.length;
    expect([0, 1, 180, 181, 1.5].map(wait)).toEqual([1, 0, 0, 1, 1]);
  });
});

describe('The advice (F021, S2-54)', () => {
  const warningsOf = (...steps: readonly Step[]) => checkSequence('messenger', { steps }).warnings;

  it('says nothing about three messages a few days apart', () =>
    expect(warningsOf(message(), message('Hi', 5), message('Hi', 7))).toEqual([]));

  it('warns of more than five messages', () =>
    expect(warningsOf(...Array.from({ length: 6 }, () => message()))).toEqual([
      '6 messages to one person; 3 to 5 are advised.',
    ]));

  it('warns of follow-ups that come too soon or too late', () =>
    expect(warningsOf(message(), message('Hi', 1), message('Hi', 14))).toEqual([
      'Follow-up 1 comes after 1 days; 3 to 7 are advised.',
      'Follow-up 2 comes after 14 days; 3 to 7 are advised.',
    ]));
});

describe('A sequence in the words of S2 (S2-05..08)', () => {
  const templates = {
    connectionRequest: 'First',
    followUpMessages: ['Second', 'Third'],
    followUpDelays: [3, 5],
  };

  it('has the first message of a messenger in the first slot (S2-06)', () =>
    expect(sequenceFromTemplates('messenger', templates)).toEqual({
      sequence: {
        steps: [
          { kind: 'message', delayMs: 0, text: 'First' },
          { kind: 'message', delayMs: 3 * dayMs, text: 'Second' },
          { kind: 'message', delayMs: 5 * dayMs, text: 'Third' },
        ],
      },
      warnings: [],
    }));

  it('has the note of a connector there', () =>
    expect(sequenceFromTemplates('connector', templates).sequence.steps[0]?.kind).toBe('connect'));

  it('accepts more delays than it needs with a warning', () =>
    expect(
      sequenceFromTemplates('messenger', { ...templates, followUpDelays: [3, 5, 7] }).warnings,
    ).toEqual(['1 delays have no follow-up and are not used.']));

  it('refuses too few delays', () =>
    expect(() => sequenceFromTemplates('messenger', { ...templates, followUpDelays: [3] })).toThrow(
      InvalidInputError,
    ));
});

describe('What a step is called', () => {
  it('counts messages from one (S2-24)', () => {
    expect(
      connectorSequence.steps.map((_, index) => messageTypeOf(connectorSequence, index)),
    ).toEqual(['', 'connection_request', 'direct_message_1', 'direct_message_2']);
  });

  it('counts the messages of one lead for totalMessages (S2-46)', () => {
    expect(5 * messageCount(messengerSequence)).toBe(15);
  });
});
