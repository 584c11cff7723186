import type { Schedule as ScheduleMessage } from '@overture/contracts';
import { defaultSchedule, type Schedule } from '@overture/policy';

/** A campaign without a schedule keeps the default one: office hours, no weekends (S2-36, S2-37). */
export function scheduleFromContract(message: ScheduleMessage | undefined): Schedule {
  if (message === undefined) return defaultSchedule;
  const { windows, fallbackZone, daysOff, holidays } = message;
  return {
    windows: windows.map(({ weekdays, from, until }) => ({ weekdays, from, until })),
    fallbackZone: fallbackZone || defaultSchedule.fallbackZone,
    daysOff,
    ...(holidays === 'work' && { holidays }),
  };
}
