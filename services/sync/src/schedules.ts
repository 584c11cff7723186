import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Schedule as ScheduleMessage, ScheduleSchema } from '@overture/contracts';
import type { Schedule } from '@overture/policy';

/** Working hours in the words of the contract. */
export function scheduleMessage(schedule: Schedule): MessageInitShape<typeof ScheduleSchema> {
  const { windows, fallbackZone, daysOff } = schedule;
  return {
    windows: windows.map(({ weekdays, from, until }) => ({ weekdays: [...weekdays], from, until })),
    fallbackZone,
    daysOff: [...daysOff],
  };
}

/** Working hours as a policy keeps them; `zone` where the message names none. */
export function scheduleOf(message: ScheduleMessage, zone: string): Schedule {
  return {
    windows: message.windows.map(({ weekdays, from, until }) => ({ weekdays, from, until })),
    fallbackZone: message.fallbackZone || zone,
    daysOff: message.daysOff,
  };
}
