import { DomainError, InvalidInputError } from '@overture/kernel';
import type { IdentityPolicy } from '@overture/domain-sync';
import { addIdentity } from '../src/app/manage-identities.js';
import { setIdentityPolicy } from '../src/app/set-identity-policy.js';
import { identityMessage } from '../src/transport/identity-message.js';
import { tenantId, world, type World } from './world.js';

let place: World;

beforeEach(async () => {
  place = await world();
});

const careful: IdentityPolicy = { profile: 'conservative', tier: 'classic' };

function set(policy: IdentityPolicy, acknowledgeRisk = false) {
  const of = { tenantId, identityId: place.identityId, meta: { actor: 'key:k-1' } };
  return setIdentityPolicy(place.deps, of, { policy, acknowledgeRisk });
}

describe('The policy of an identity', () => {
  it('is the careful one from the start, and the identity shows it (F025, F029)', async () => {
    const { deps, identityId } = place;
    const row = await deps.database.tenant(tenantId, (tx) =>
      deps.identities.find(tx, { tenantId, identityId }),
    );
    expect(identityMessage(row)).toMatchObject({ policy: careful, tier: 'classic' });
  });

  it('is set as a whole: profile, tier, warm-up, own hours, holidays (F026, F036, F037)', async () => {
    const hours = {
      windows: [{ weekdays: [1, 2], from: '10:00', until: '16:00' }],
      fallbackZone: 'Europe/Kyiv',
      daysOff: ['2026-08-24'],
      holidays: 'work' as const,
    };
    const policy = { ...careful, rampStartedAt: place.clock.now(), hours, holidayRegion: 'UA' };
    expect(identityMessage(await set(policy)).policy).toEqual(policy);
    expect(await place.facts()).toEqual(['IdentityPolicySet']);
    await set(policy);
    expect(await place.facts()).toEqual(['IdentityPolicySet']);
  });

  it('lets nobody do more in passing, and keeps who acknowledged the risk (F029, F130)', async () => {
    const navigator = { ...careful, tier: 'sales_navigator' };
    await expect(set(navigator)).rejects.toMatchObject({ code: 'identity-policy/raises-risk' });
    await expect(set(navigator)).rejects.toThrow(DomainError);
    expect(await place.facts()).toEqual([]);
    expect(identityMessage(await set(navigator, true))).toMatchObject({ tier: 'sales_navigator' });
    expect(await place.actors()).toContain('key:k-1');
  });

  it('with wrong input is refused, every field named', async () => {
    const hours = { windows: [], fallbackZone: 'Mars/Base', daysOff: [] };
    const ramp = 'sprint' as 'recovery';
    const refusal = set({ profile: 'wild', tier: 'gold', ramp, hours, holidayRegion: 'x' });
    await expect(refusal).rejects.toThrow(InvalidInputError);
    await expect(refusal).rejects.toMatchObject({
      problems: [
        '/ramp',
        '/profile',
        '/tier',
        '/holidayRegion',
        '/hours/fallbackZone',
        '/hours/windows',
      ].map((path) => ({ path })),
    });
  });
});

it('An account of a browser companion is an identity too (F072)', async () => {
  const account = { provider: 'companion', accountRef: 'maya-firefox', tier: 'classic' };
  const added = await addIdentity(
    place.deps,
    { ...account, name: 'Maya', timeZone: 'Europe/Kyiv', tenantId },
    {},
  );
  expect(added).toMatchObject(account);
});
