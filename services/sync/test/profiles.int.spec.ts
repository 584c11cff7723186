import { dayMs, minuteMs, plus, TransientError } from '@overture/kernel';
import { ProviderRejection } from '@overture/providers';
import { lookUp } from '../src/app/look-up.js';
import { planReads, readBudgets } from '../src/app/read-turns.js';
import { searchPeople } from '../src/app/search-people.js';
import { start, tenantId, world, type World } from './world.js';

let scene: World;
beforeEach(async () => {
  scene = await world();
});

const profileUrl = 'https://www.linkedin.com/in/ada-vale';
const of = () => ({ tenantId, identityId: scene.identityId });
const open = () =>
  lookUp(scene.deps, { of: of(), kind: 'profile' }, (identity) =>
    scene.deps.reader.profile(identity, profileUrl),
  );
const used = async () => (await readBudgets(scene.deps, of())).map((each) => each.used);
const planned = (count: number) => planReads(scene.deps, of(), { kind: 'profile', count });

describe('A profile that an identity opens for others', () => {
  it('takes its turn among the searches and has a budget of its own (F050)', async () => {
    expect(await open()).toMatchObject({ outcome: 'read', found: { linkedinUrl: profileUrl } });
    const searchUrl = 'https://www.linkedin.com/search/results/people/?keywords=cto';
    expect(await searchPeople(scene.deps, of(), { searchUrl, cursor: '' })).toMatchObject({
      outcome: 'wait',
      cause: 'pace',
    });
    expect(await used()).toEqual([0, 1]);
  });

  it('is one of eighty in rolling 24 hours, and the end is told before (F050)', async () => {
    for (let read = 0; read < 80; read++) {
      expect((await open()).outcome).toBe('read');
      scene.pass(minuteMs);
    }
    const nextAt = plus(start, dayMs);
    expect(await open()).toEqual({ outcome: 'wait', cause: 'budget', nextAt });
    expect(await planned(1)).toBe(nextAt);
    expect(await planned(2)).toBe(plus(nextAt, minuteMs));
    expect(scene.linkedIn.opened).toHaveLength(80);
  });

  it('that LinkedIn does not open costs nothing (F050, S4-33)', async () => {
    scene.linkedIn.failure = new ProviderRejection({ label: 'PROFILE_NOT_ACCESSIBLE', detail: '' });
    expect(await open()).toEqual({ outcome: 'refused', cause: 'not_accessible' });
    expect(await used()).toEqual([0, 0]);
  });

  it('counts when nobody knows whether it was opened, and says so (F050)', async () => {
    scene.linkedIn.failure = new TransientError('reset');
    expect(await open()).toMatchObject({ outcome: 'wait', cause: 'provider', counted: true });
    expect(await used()).toEqual([0, 1]);
  });
});
