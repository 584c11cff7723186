import { create } from '@bufbuild/protobuf';
import { PacingGroupSchema, type PacingGroup, type TimetableEntry } from '@overture/contracts';

/** As many as one answer of the scheduler holds. */
export const timetableMax = 200;

/** What waits in a timetable by what it waits for, the soonest first. */
export function pacingGroups(entries: readonly TimetableEntry[]): PacingGroup[] {
  const groups = new Map<string, PacingGroup>();
  for (const { kind, reason, nextAt } of entries) {
    const key = `${kind} ${reason}`;
    const group = groups.get(key) ?? create(PacingGroupSchema, { kind, reason });
    group.actions++;
    if (nextAt !== '' && (group.nextAt === '' || nextAt < group.nextAt)) group.nextAt = nextAt;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (isSooner(a.nextAt, b.nextAt) ? -1 : 1));
}

function isSooner(a: string, b: string): boolean {
  return b === '' || (a !== '' && a < b);
}
