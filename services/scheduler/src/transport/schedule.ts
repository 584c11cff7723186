import type { Schedule as ScheduleMessage } from '@overture/contracts';
import { actionKinds, defaultSchedule, type CampaignCaps, type Schedule } from '@overture/policy';

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

/** Caps per day for each kind of action a campaign names; any other name is none of ours. */
export function capsFromContract(dailyCaps: Readonly<Record<string, number>>): CampaignCaps {
  const named = actionKinds.filter((kind) => dailyCaps[kind] !== undefined);
  return Object.fromEntries(named.map((kind) => [kind, { per24h: dailyCaps[kind] }]));
}
