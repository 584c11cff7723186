import { specification } from '@overture/testing/decider';
import {
  actionId,
  checked,
  command,
  connector,
  enrolled,
  event,
  intended,
  messenger,
  on,
  planned,
} from './story.js';
import { enrollment, type EnrollmentCommand, type EnrollmentEvent } from '../src/index.js';

// One message or one invitation under way, and what is reported of it.

export const { given } = specification(enrollment);

export const writing = [
  enrolled('messenger'),
  checked('first_degree'),
  planned(messenger, 0, on(0)),
  intended(0),
];
export const inviting = [
  enrolled('connector'),
  checked('not_connected'),
  planned(connector, 1, on(0)),
  intended(1),
];
export const reply = event('ReplyReceived', {
  messageId: 'm-1',
  repliedAt: on(0),
  witness: 'sync',
});
export const accepted = (witness: string, at = on(1)): EnrollmentEvent =>
  event('InvitationAccepted', { acceptedAt: at, witness }, at);
export const dropped = (step: number, cause: string, at = on(1)): EnrollmentEvent =>
  event('ActionDropped', { actionId: actionId(step), cause }, at);
export const halted = (step: number, cause: string, at = on(1)): EnrollmentEvent =>
  event('EnrollmentHalted', { actionId: actionId(step), cause }, at);
export const absent = (step: number, at = on(1)): EnrollmentEvent =>
  event('ActionFoundAbsent', { actionId: actionId(step), epoch: 1 }, at);
export const lost = (step: number, at = on(1)): EnrollmentEvent =>
  event('ActionOutcomeUnknown', { actionId: actionId(step), epoch: 1 }, at);
export const followUp = (at = on(1)): EnrollmentEvent =>
  planned(messenger, 1, on(4), { priority: 10, firstTouch: false, at });

export function outcome(
  type: 'RecordAccepted' | 'RecordConfirmed' | 'RecordAbsent' | 'RecordUndecided',
  step: number,
  over: object = {},
): EnrollmentCommand {
  const planning = step === 1 ? connector : messenger;
  return command(type, { actionId: actionId(step), epoch: 1, planning, ...over }, on(1));
}

export function rejected(step: number, label: string, epoch = 1): EnrollmentCommand {
  const planning = step === 1 ? connector : messenger;
  return command('RecordRejected', { actionId: actionId(step), epoch, label, planning }, on(1));
}

export function refusal(
  step: number,
  label: string,
  retry = false,
  kind: 'connect' | 'message' = step === 1 ? 'connect' : 'message',
): EnrollmentEvent {
  return event('ActionRejected', { actionId: actionId(step), epoch: 1, kind, label, retry }, on(1));
}

export function released(step: number, cause: string, epoch = 1): EnrollmentCommand {
  const planning = step === 1 ? connector : messenger;
  return command('RecordReleased', { actionId: actionId(step), epoch, cause, planning }, on(1));
}

export const acceptanceDeadline = event(
  'DeadlineSet',
  { kind: 'acceptance', dueAt: on(22), stepId: 's3' },
  on(1),
);
export const firstAfterConnect = planned(connector, 2, on(2), { at: on(1) });
