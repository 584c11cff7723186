import type { Happening, History, Log } from '@overture/promises';

/** One action of ours, with the lead it was for. */
export interface Played {
  readonly effect: Happening & { readonly actionId: string };
  /** Of the lead, else of the campaign. */
  readonly zone: string;
  /** There, on the wall. */
  readonly date: string;
  readonly hour: number;
  /** ISO, 1 is Monday. */
  readonly weekday: number;
}

/** Everything we did, by the clock of the people it was done to. */
export function playedOf(log: Log): Played[] {
  const leads = new Map(log.histories.map((history) => [history.enrollmentId, history]));
  return log.happenings.flatMap(({ actionId, ...happening }): Played[] => {
    if (actionId === undefined) return [];
    const lead = leads.get(actionId.slice(0, actionId.indexOf('.'))) as History;
    const zone = lead.zone || lead.schedule.fallbackZone;
    const effect = { ...happening, actionId };
    return [{ effect, zone, ...wallOf(effect.at, zone) }];
  });
}

export function eventsIn({ histories }: Log, type: string) {
  return histories.flatMap(({ events }) => events).filter((event) => event.type === type);
}

function wallOf(at: string, timeZone: string): Pick<Played, 'date' | 'hour' | 'weekday'> {
  // Swedish dates are written as ISO 8601 has them.
  const wall = new Intl.DateTimeFormat('sv', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(at));
  const date = wall.slice(0, 10);
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
  return { date, hour: Number(wall.slice(11, 13)), weekday };
}
