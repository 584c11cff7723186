import { DomainError, type Decider } from '@overture/kernel';
import type { EnrollmentCommand } from './commands.js';
import { pauseEnrollment, resumeEnrollment, retryAction, stopEnrollment } from './control.js';
import { checkRelation, enrollLead } from './enroll.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrollment } from './evolve.js';
import { intendAction } from './intend.js';
import {
  recordAbsent,
  recordRejected,
  recordReleased,
  recordSent,
  recordUndecided,
  recordUnknown,
} from './outcomes.js';
import { passDeadline, recognizePerson, recordAcceptance, recordReply } from './signals.js';
import { initialEnrollment, type Enrollment } from './state.js';

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
  }
}
