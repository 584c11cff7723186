import { dayMs } from '@overture/kernel';
import { specification } from '@overture/testing/decider';
import {
  actionId,
  checked,
  command,
  connector,
  enrolled,
  event,
  messenger,
  on,
  planned,
  ref,
  start,
} from '../../test/story.js';
import type { CheckRelation, EnrollmentCommand } from './commands.js';
import { enrollment } from './decide.js';
import type { PlannedStep } from './events.js';

const { given } = specification(enrollment);

function check(
  over: Partial<CheckRelation['data']> & Pick<CheckRelation['data'], 'planning'>,
): EnrollmentCommand {
  return command('CheckRelation', {
    relation: 'not_connected',
    lastMessageFromLead: false,
    ...over,
  });
}

describe('A lead', () => {
  const enroll = command('EnrollLead', {
    ...ref,
    campaignType: 'connector',
    sequenceVersion: 1,
    fingerprints: ['f-1'],
  });

  it('is enrolled once', () => {
    given().when(enroll).then(enrolled('connector'));
    given(enrolled('connector')).when(enroll).thenNothing();
  });

  it('is not found before it is enrolled', () =>
    given()
      .when(command('StopEnrollment', { cause: 'asked' }))
      .thenRefused('enrollment/not-found'));
});

describe('The check of a relation that is already there (S4-54)', () => {
  it('plans the whole connector sequence and hands over its visit (S2-17, F043)', () =>
    given(enrolled('connector'))
      .when(check({ planning: connector }))
      .then(
        checked('not_connected'),
        event('SequencePlanned', {
          steps: [
            step(0, 'visit', '', on(0)),
            step(1, 'connect', 'connection_request', on(1)),
            afterConnection(2, 1, on(2)),
            afterConnection(3, 2, on(5)),
          ],
        }),
        planned(connector, 0, start),
      ));

  it('plans all messages of a messenger at once, none of which needs a connection (S2-25)', () =>
    given(enrolled('messenger'))
      .when(check({ planning: messenger, relation: 'first_degree' }))
      .then(
        checked('first_degree'),
        event('SequencePlanned', {
          steps: [
            step(0, 'message', 'direct_message_1', on(0)),
            step(1, 'message', 'direct_message_2', on(3)),
            step(2, 'message', 'direct_message_3', on(8)),
          ],
        }),
        planned(messenger, 0, start),
      ));

  it('skips a messenger lead who is not connected (S2-38)', () =>
    given(enrolled('messenger'))
      .when(check({ planning: messenger }))
      .then(checked('not_connected'), event('EnrollmentSkipped', { cause: 'NOT_CONNECTED' })));

  it('goes to the messages when a connector lead is connected already (S4-19, S4-31)', () =>
    given(enrolled('connector'))
      .when(check({ planning: connector, relation: 'first_degree' }))
      .then(
        checked('first_degree'),
        event('SequencePlanned', {
          steps: [afterConnection(2, 1, on(1)), afterConnection(3, 2, on(4))],
        }),
        planned(connector, 2, on(1)),
      ));

  it('waits for the answer to an invitation that is open already (S4-32)', () =>
    given(enrolled('connector'))
      .when(check({ planning: connector, relation: 'pending' }))
      .then(
        checked('pending'),
        expect.objectContaining({ type: 'SequencePlanned' }),
        event('DeadlineSet', { kind: 'acceptance', dueAt: on(21), stepId: 's3' }),
      ));

  it('cools down for three days after the last talk (S4-20)', () =>
    given(enrolled('messenger'))
      .when(check({ planning: messenger, relation: 'first_degree', lastMessageAt: on(-1) }))
      .then(
        event('RelationChecked', {
          relation: 'first_degree',
          lastMessageAt: on(-1),
          lastMessageFromLead: false,
          cooldownUntil: on(2),
        }),
        expect.objectContaining({ type: 'SequencePlanned' }),
        planned(messenger, 0, on(2)),
      ));

  it('does not wait when the last talk is three days old', () =>
    given(enrolled('messenger'))
      .when(check({ planning: messenger, relation: 'first_degree', lastMessageAt: on(-3) }))
      .then(
        event('RelationChecked', {
          relation: 'first_degree',
          lastMessageAt: on(-3),
          lastMessageFromLead: false,
        }),
        expect.objectContaining({ type: 'SequencePlanned' }),
        planned(messenger, 0, start),
      ));

  it('leaves a lead who wrote first to a person (S4-21)', () =>
    given(enrolled('messenger'))
      .when(
        check({
          planning: messenger,
          relation: 'first_degree',
          lastMessageAt: on(-30),
          lastMessageFromLead: true,
        }),
      )
      .then(
        event('RelationChecked', {
          relation: 'first_degree',
          lastMessageAt: on(-30),
          lastMessageFromLead: true,
        }),
        event('ReplyReceived', {
          messageId: `last-message-at-${on(-30)}`,
          repliedAt: on(-30),
          witness: 'relation_check',
        }),
      ));

  it('cools down for as long as the campaign says (S4-20, F089)', () =>
    given(enrolled('messenger'))
      .when(
        check({
          planning: messenger,
          relation: 'first_degree',
          lastMessageAt: on(-3),
          cooldownMs: 10 * dayMs,
        }),
      )
      .then(
        event('RelationChecked', {
          relation: 'first_degree',
          lastMessageAt: on(-3),
          lastMessageFromLead: false,
          cooldownUntil: on(7),
        }),
        expect.objectContaining({ type: 'SequencePlanned' }),
        planned(messenger, 0, on(7)),
      ));

  it('passes over whom the campaign may not contact after all, and says why (F052, F057)', () =>
    given(enrolled('connector'))
      .when(check({ planning: connector, passOver: 'person/never-answered' }))
      .then(
        checked('not_connected'),
        event('EnrollmentSkipped', { cause: 'person/never-answered' }),
      ));

  it('names the company of a lead by its key only (F034)', () =>
    given(enrolled('connector'))
      .when(check({ planning: { ...connector, companyKey: 'c0ffee' } }))
      .then(
        checked('not_connected'),
        expect.objectContaining({ type: 'SequencePlanned' }),
        planned(connector, 0, start, { companyKey: 'c0ffee' }),
      ));

  it('happens once', () =>
    given(enrolled('messenger'), checked('first_degree'), planned(messenger, 0, start))
      .when(check({ planning: messenger, relation: 'first_degree' }))
      .thenNothing());

  it('refuses the steps of another version (F016)', () =>
    given(enrolled('messenger'))
      .when(
        check({
          planning: { ...messenger, sequence: { ...messenger.sequence, version: 2 } },
          relation: 'first_degree',
        }),
      )
      .thenRefused('sequence/other-version'));
});

function step(
  index: number,
  kind: PlannedStep['kind'],
  messageType: string,
  plannedAt: PlannedStep['plannedAt'],
): PlannedStep {
  const requiresConnection = false;
  return {
    actionId: actionId(index),
    step: index,
    kind,
    messageType,
    requiresConnection,
    plannedAt,
  };
}

function afterConnection(index: number, number: number, at: PlannedStep['plannedAt']): PlannedStep {
  return { ...step(index, 'message', `direct_message_${number}`, at), requiresConnection: true };
}
