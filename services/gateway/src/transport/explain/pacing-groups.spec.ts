import { create } from '@bufbuild/protobuf';
import { ActionKind, TimetableEntrySchema } from '@overture/contracts';
import { pacingGroups } from './pacing-groups.js';

function entry(reason: string, zone: string, nextAt: string) {
  return create(TimetableEntrySchema, { kind: ActionKind.MESSAGE, reason, zone, nextAt });
}

describe('What waits in a timetable', () => {
  it('is told by its reason, and by the place where hours or a holiday are the reason (F140)', () => {
    const groups = pacingGroups([
      entry('window', 'Asia/Kolkata', '2026-03-02T04:00:00.000Z'),
      entry('window', 'Asia/Kolkata', '2026-03-02T03:30:00.000Z'),
      entry('window', 'Europe/Lisbon', '2026-03-02T09:00:00.000Z'),
      entry('cap_24h', 'Asia/Kolkata', ''),
      entry('cap_24h', 'Europe/Lisbon', '2026-03-02T10:00:00.000Z'),
    ]);
    expect(groups).toMatchObject([
      { reason: 'window', zone: 'Asia/Kolkata', actions: 2, nextAt: '2026-03-02T03:30:00.000Z' },
      { reason: 'window', zone: 'Europe/Lisbon', actions: 1 },
      { reason: 'cap_24h', zone: '', actions: 2, nextAt: '2026-03-02T10:00:00.000Z' },
    ]);
  });
});
