import { defaultSchedule, type Schedule } from '@overture/policy';

const schedulesMax = 10_000;
const known = new Map<string, Schedule>();

/** The schedule in this JSON text. Asked for every queue of every visit, so each text is read once. */
export function scheduleOf(text: string | null): Schedule {
  if (text === null) return defaultSchedule;
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= schedulesMax) known.clear();
  const schedule = JSON.parse(text) as Schedule;
  known.set(text, schedule);
  return schedule;
}
