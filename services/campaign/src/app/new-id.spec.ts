import { instant } from '@overture/kernel';
import { newId, newIds } from './new-id.js';

const at = instant('2026-03-02T10:00:00Z');

describe('Ids', () => {
  it('are UUIDs of version 7 that begin with their moment', () => {
    expect(newId(at)).toMatch(/^019cadfd-8900-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('of one moment sort in the order they were asked for, and are all different', () => {
    const fresh = newIds(at);
    const ids = Array.from({ length: 4_000 }, fresh);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
