import { setImmediate as turn } from 'node:timers/promises';
import { waitFor } from '@overture/testing';
import type { AppendRow, EncodedAppend } from '../src/append-statement.js';
import { GroupAppend } from '../src/group-append.js';

const appended: AppendRow = { appended: true, version: 1, bucket: 0, first_position: 1 };

const forEver = 1_000_000;

/** Statements that are under way until they are let go. */
function held(patienceMs?: number) {
  const groups: number[] = [];
  const ends: (() => void)[] = [];
  const group = new GroupAppend(async (requests) => {
    groups.push(requests.length);
    await new Promise<void>((resolve) => ends.push(resolve));
    return requests.map(() => appended);
  }, patienceMs);
  let streams = 0;
  const append = (callers: number) => {
    const all = Array.from({ length: callers }, () => group.append(request(`stream-${streams++}`)));
    return Promise.all(all);
  };
  return { groups, append, letGo: () => ends.shift()?.() };
}

function request(streamId: string): EncodedAppend {
  const recordedAt = '2026-03-02T09:00:00.000Z' as EncodedAppend['recordedAt'];
  return { tenantId: 'tenant', streamId, expectedVersion: 0, recordedAt, events: [] };
}

describe('Groups of appends', () => {
  it('of few callers wait for the statement under way and go together', async () => {
    const { groups, append, letGo } = held(forEver);
    const first = append(1);
    await turn();
    const others = append(2);
    await turn();
    expect(groups).toEqual([1]);
    letGo();
    await first;
    await waitFor(() => groups.length === 2, { what: 'the second group' });
    letGo();
    expect([groups, (await others).length]).toEqual([[1, 2], 2]);
  });

  it('of many callers go beside it, and only one beside', async () => {
    const { groups, append } = held(forEver);
    void append(1);
    await turn();
    void append(20);
    await turn();
    void append(20);
    await turn();
    expect(groups).toEqual([1, 20]);
  });

  it('of few callers go beside one that takes long', async () => {
    const { groups, append } = held();
    void append(1);
    await turn();
    void append(1);
    await waitFor(() => groups.length === 2, { what: 'the second group' });
    expect(groups).toEqual([1, 1]);
  });
});
