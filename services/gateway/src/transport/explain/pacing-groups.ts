import { create } from '@bufbuild/protobuf';
import { PacingGroupSchema, type PacingGroup, type TimetableEntry } from '@overture/contracts';

/** As many as one answer of the scheduler holds. */
export const timetableMax = 200;

/** What people wait for at one place and not at another. */
const local: ReadonlySet<string> = new Set(['window', 'holiday']);

/** What waits in a timetable by what it waits for, the soonest first. */
export function pacingGroups(entries: readonly TimetableEntry[]): PacingGroup[] {
  const groups = new Map<string, PacingGroup>();
  for (const { kind, reason, nextAt, zone: itsZone } of entries) {
    const zone = local.has(reason) ? itsZone : '';
    const key = `${kind} ${reason} ${zone}`;
    const group = groups.get(key) ?? create(PacingGroupSchema, { kind, reason, zone });
    group.actions++;
    if (nextAt !== '' && (group.nextAt === '' || nextAt < group.nextAt)) group.nextAt = nextAt;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (isSooner(a.nextAt, b.nextAt) ? -1 : 1));
}

function isSooner(a: string, b: string): boolean {
  return b === '' || (a !== '' && a < b);
}
