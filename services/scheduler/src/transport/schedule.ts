import type { Schedule as ScheduleMessage } from '@overture/contracts';
import { defaultSchedule, type Schedule } from '@overture/policy';
import { hoursOf } from '@overture/service-kit';

/** A campaign without a schedule keeps the default one: office hours, no weekends (S2-36, S2-37). */
export function scheduleFromContract(message: ScheduleMessage | undefined): Schedule {
  return message === undefined ? defaultSchedule : hoursOf(message);
}
