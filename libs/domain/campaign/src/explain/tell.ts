import type { EnrollmentEvent } from '../enrollment/events.js';

type DataOf<Type extends EnrollmentEvent['type']> = Extract<
  EnrollmentEvent,
  { type: Type }
>['data'];

/** What an event says, in a sentence for people. No name of a person is in it. */
export function tellEvent(event: EnrollmentEvent): string {
  const tell = sentences[event.type] as ((data: EnrollmentEvent['data']) => string) | undefined;
  return tell === undefined ? event.type : tell(event.data);
}

const sentences: { readonly [Type in EnrollmentEvent['type']]: (data: DataOf<Type>) => string } = {
  LeadEnrolled: ({ sequenceVersion }) => `Enrolled, on version ${sequenceVersion} of the sequence.`,
  PersonRecognized: () => 'Recognised under another name on LinkedIn.',
  RelationChecked: ({ relation, cooldownUntil }) =>
    cooldownUntil === undefined
      ? `Relation checked: ${plain(relation)}.`
      : `Relation checked: ${plain(relation)}; talked lately, so nothing before ${cooldownUntil}.`,
  SequencePlanned: ({ steps }) => `Planned ${steps.length} steps.`,
  ActionPlanned: ({ kind, step, notBefore }) =>
    `Step ${step + 1} (${kind}) is next, not before ${notBefore}.`,
  ActionIntended: ({ epoch }) => `Authorised for claim ${epoch}: the call may be made.`,
  ActionSucceeded: ({ kind, readBack }) =>
    readBack ? `${plain(kind)} found done when read back.` : `${plain(kind)} done.`,
  ActionRejected: ({ kind, label, retry }) =>
    `${plain(kind)} refused by LinkedIn (${label}); ${retry ? 'it goes again later' : 'it is over'}.`,
  ActionOutcomeUnknown: () => 'No answer came: what it did is read back before anything else.',
  ActionFoundAbsent: () => 'Certain that nothing was sent: the step may go again.',
  ActionDropped: ({ cause }) => `A planned step was dropped (${plain(cause)}).`,
  DeadlineSet: ({ kind, dueAt }) =>
    kind === 'wait' ? `Waits until ${dueAt}.` : `Waits for the acceptance, at most until ${dueAt}.`,
  InvitationAccepted: ({ acceptedAt, witness, closedAt }) =>
    `Accepted the invitation at ${acceptedAt} (seen by ${plain(witness)})` +
    (closedAt === undefined ? '.' : `, after nobody waited any more (${closedAt}).`),
  ReplyReceived: ({ repliedAt, witness }) =>
    `Answered at ${repliedAt} (seen by ${plain(witness)}): nothing more is sent.`,
  FurtherReplyReceived: ({ repliedAt }) => `Wrote again at ${repliedAt}.`,
  ReplyCorrected: ({ reason }) => `The reply was none (${reason}): all stands as before.`,
  AcceptanceCorrected: ({ reason }) => `The acceptance was none (${reason}): all stands as before.`,
  EnrollmentPaused: ({ cause }) => `Paused (${plain(cause)}).`,
  EnrollmentResumed: () => 'A pause ended; it goes on where it stood.',
  EnrollmentHalted: ({ cause }) => `Halted for a person's decision (${cause}).`,
  EnrollmentCompleted: () => 'Every step is done.',
  EnrollmentStopped: ({ cause }) => `Stopped (${plain(cause)}).`,
  EnrollmentFailed: ({ cause }) => `Failed (${cause}).`,
  EnrollmentSkipped: ({ cause }) => `Skipped (${cause}).`,
  EnrollmentExpired: ({ cause }) =>
    cause === undefined ? 'Nobody accepted in time.' : 'Nobody can accept any more.',
  EnrollmentWithdrawn: ({ cause }) =>
    cause === undefined ? 'The invitation was withdrawn.' : 'There was nothing left to withdraw.',
  InvitationLapsed: ({ goneAt, witness, reinviteLockedUntil }) =>
    `The invitation is not open any more (seen by ${plain(witness)} at ${goneAt}); no new one before ${reinviteLockedUntil}.`,
  DraftOpened: ({ kind, expiresAt }) =>
    `A draft of the ${kind} waits for approval until ${expiresAt}.`,
  DraftEdited: ({ by }) => `The draft was edited by ${by}.`,
  DraftApproved: ({ by }) => `The draft was approved by ${by}.`,
  DraftSkipped: ({ by, reason }) => `The draft was skipped by ${by} (${reason}).`,
  DraftExpired: () => 'Nobody approved the draft in time.',
  BranchTaken: ({ stepId, outcome, because }) =>
    `At ${stepId} it went the way of "${outcome}" (${plain(because)}).`,
  TaskOpened: ({ step }) => `Step ${step + 1} is a task for a person.`,
  TaskCompleted: ({ by }) => `The task was ticked off by ${by}.`,
  StepSkipped: ({ stepId, by, reason }) => `${stepId} was skipped by ${by} (${reason}).`,
  StopCorrected: ({ reason }) => `No colleague answered (${reason}): all stands as before.`,
  EnrollmentMoved: ({ fromVersion, toVersion, by }) =>
    `Moved from version ${fromVersion} of the sequence to ${toVersion} by ${by}.`,
  MoveUndone: ({ toVersion, by }) => `Moved back to version ${toVersion} by ${by}.`,
};

function plain(word: string): string {
  return word.replaceAll('_', ' ').toLowerCase();
}
