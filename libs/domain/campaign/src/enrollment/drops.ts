import type { Instant } from '@overture/kernel';
import type { ActionDropped, EnrollmentEvent } from './events.js';
import { isWaiting, type Action, type Enrolled } from './state.js';

export function drop({ actionId }: Action, cause: string, at: Instant): ActionDropped {
  return { type: 'ActionDropped', data: { actionId, cause, at } };
}

/** What waits is dropped; what is in flight can only be awaited. */
export function dropWaiting(state: Enrolled, cause: string, at: Instant): EnrollmentEvent[] {
  return Object.values(state.actions)
    .filter(isWaiting)
    .map((action) => drop(action, cause, at));
}
