import { limitProfiles } from '@overture/policy';
import { LimitsController } from './limits.controller.js';

describe('GET /v1/limits', () => {
  const limits = new LimitsController().list();

  it('tells every profile with its figures, its version and its origin (F022, F029, S3-54)', () => {
    expect(limits.defaultProfile).toBe('conservative');
    expect(limits.profiles.map(({ name }) => name)).toEqual([
      'conservative',
      'messenger',
      'classic',
      'sales_navigator',
    ]);
    const [safest] = limits.profiles;
    expect(safest?.caps.connect).toEqual({ per24h: 15, per7d: 75 });
    for (const { version, source } of [...limits.profiles, ...limits.tiers, ...limits.ramps]) {
      expect([version > 0, source.length > 20]).toEqual([true, true]);
    }
  });

  it('tells how long a text may be (F064, S3-04..06)', () =>
    expect(limits.textLengths).toContainEqual({ kind: 'connect', tier: 'classic', max: 200 }));

  it('is plain data', () =>
    expect(JSON.parse(JSON.stringify(limits))).toMatchObject({ profiles: limitProfiles }));
});
