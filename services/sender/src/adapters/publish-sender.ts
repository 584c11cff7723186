import {
  AttemptAbsentSchema,
  AttemptAcceptedSchema,
  AttemptConfirmedSchema,
  AttemptRejectedSchema,
  AttemptReleasedSchema,
  AttemptReservedSchema,
  AttemptStartedSchema,
  AttemptUndecidedSchema,
  AttemptUnknownSchema,
  PaceBreachedSchema,
  StaleResultReportedSchema,
} from '@overture/contracts';
import type { AttemptEvent, AttemptRef, CompanionEvent } from '@overture/domain-sender';
import type { RecordedEvent } from '@overture/event-store';
import { published, type Published } from '@overture/messaging';
import { kindToContract } from '../kinds.js';

/** The public form of every event this service stores. */
export function publishSender(recorded: RecordedEvent): Published {
  const event = recorded as RecordedEvent<AttemptEvent | CompanionEvent>;
  if (event.type === 'PaceBreached') return published(PaceBreachedSchema, event.data);
  if (event.type === 'StaleResultReported') {
    return published(StaleResultReportedSchema, event.data);
  }
  return publishAttempt(event);
}

function publishAttempt(event: RecordedEvent<AttemptEvent>): Published {
  const { at } = event.data;
  const attempt = attemptMessage(event.data.attempt);
  switch (event.type) {
    case 'AttemptReserved':
      return published(AttemptReservedSchema, { attempt, at });
    case 'AttemptStarted':
      return published(AttemptStartedSchema, { attempt, at, textSha256: event.data.textSha256 });
    case 'AttemptAccepted': {
      const { fingerprints, ...data } = event.data;
      return published(AttemptAcceptedSchema, {
        ...data,
        attempt,
        fingerprints: [...fingerprints],
      });
    }
    case 'AttemptRejected':
      return published(AttemptRejectedSchema, { ...event.data, attempt });
    case 'AttemptUnknown':
      return published(AttemptUnknownSchema, { ...event.data, attempt });
    case 'AttemptConfirmed':
      return published(AttemptConfirmedSchema, { ...event.data, attempt });
    case 'AttemptAbsent':
      return published(AttemptAbsentSchema, { attempt, at });
    case 'AttemptUndecided':
      return published(AttemptUndecidedSchema, { ...event.data, attempt });
    case 'AttemptReleased':
      return published(AttemptReleasedSchema, { ...event.data, attempt });
  }
}

function attemptMessage({ enrollment, actionId, epoch, kind }: AttemptRef) {
  return { enrollment: { ...enrollment }, actionId, epoch, kind: kindToContract(kind) };
}
