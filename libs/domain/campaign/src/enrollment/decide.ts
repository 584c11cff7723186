import { DomainError, type Decider } from '@overture/kernel';
import type { EnrollmentCommand } from './commands.js';
import { pauseEnrollment, resumeEnrollment, stopEnrollment } from './control.js';
import { recordAcceptance } from './acceptance.js';
import { correctAcceptance, correctReply, correctStop } from './corrections.js';
import { passDeadline } from './deadlines.js';
import { approveDraft, editDraft, skipDraft } from './drafts.js';
import { checkRelation, enrollLead } from './enroll.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrollment } from './evolve.js';
import { intendAction } from './intend.js';
import { recordInvitationGone } from './invitation-gone.js';
import {
  recordAbsent,
  recordRejected,
  recordReleased,
  recordSent,
  recordUndecided,
  recordUnknown,
} from './outcomes.js';
import { retryAction } from './retry.js';
import { recognizePerson, recordReply } from './signals.js';
import { completeTask, skipStep } from './skip-step.js';
import { initialEnrollment, type Enrolled, type Enrollment } from './state.js';
import { moveToVersion, undoMove } from './versions.js';

/** One lead's way through one campaign. Every command may come twice and in any order; the second decides nothing. */
export const enrollment: Decider<Enrollment, EnrollmentCommand, EnrollmentEvent> = {
  initialState: initialEnrollment,
  decide: decideEnrollment,
  evolve: evolveEnrollment,
};

function decideEnrollment(command: EnrollmentCommand, state: Enrollment): EnrollmentEvent[] {
  if (command.type === 'EnrollLead') return enrollLead(command, state);
  if (state.status === 'new') {
    throw new DomainError('enrollment/not-found', 'This lead is not enrolled.');
  }
  switch (command.type) {
    case 'CheckRelation':
      return checkRelation(command, state);
    case 'IntendAction':
      return intendAction(command, state);
    case 'RecordAccepted':
    case 'RecordConfirmed':
      return recordSent(command, state);
    case 'RecordRejected':
      return recordRejected(command, state);
    case 'RecordUnknown':
      return recordUnknown(command, state);
    case 'RecordAbsent':
      return recordAbsent(command, state);
    case 'RecordUndecided':
      return recordUndecided(command, state);
    case 'RecordReleased':
      return recordReleased(command, state);
    case 'RecordAcceptance':
      return recordAcceptance(command, state);
    case 'RecordInvitationGone':
      return recordInvitationGone(command, state);
    case 'RecordReply':
      return recordReply(command, state);
    case 'PassDeadline':
      return passDeadline(command, state);
    case 'RecognizePerson':
      return recognizePerson(command, state);
    case 'PauseEnrollment':
      return pauseEnrollment(command, state);
    case 'ResumeEnrollment':
      return resumeEnrollment(command, state);
    case 'StopEnrollment':
      return stopEnrollment(command, state);
    case 'RetryAction':
      return retryAction(command, state);
    default:
      return decideByHand(command, state);
  }
}

type ByHand = Extract<
  EnrollmentCommand,
  {
    type:
      | 'SkipStep'
      | 'CompleteTask'
      | 'EditDraft'
      | 'ApproveDraft'
      | 'SkipDraft'
      | 'MoveToVersion'
      | 'UndoMove'
      | 'CorrectReply'
      | 'CorrectAcceptance'
      | 'CorrectStop';
  }
>;

/** What only a person asks for. */
function decideByHand(command: ByHand, state: Enrolled): EnrollmentEvent[] {
  switch (command.type) {
    case 'SkipStep':
      return skipStep(command, state);
    case 'CompleteTask':
      return completeTask(command, state);
    case 'EditDraft':
      return editDraft(command, state);
    case 'ApproveDraft':
      return approveDraft(command, state);
    case 'SkipDraft':
      return skipDraft(command, state);
    case 'MoveToVersion':
      return moveToVersion(command, state);
    case 'UndoMove':
      return undoMove(command, state);
    case 'CorrectReply':
      return correctReply(command, state);
    case 'CorrectAcceptance':
      return correctAcceptance(command, state);
    case 'CorrectStop':
      return correctStop(command, state);
  }
}
