import { dayMs, hourMs, plus, type Instant } from '@overture/kernel';
import { identityAt } from '../src/app/identity-at.js';
import { controlIdentity } from '../src/app/manage-identities.js';
import { setIdentityPolicy } from '../src/app/set-identity-policy.js';
import { identityMessage } from '../src/transport/identity-message.js';
import { tenantId, world, type World } from './world.js';

let place: World;

beforeEach(async () => {
  place = await world();
});

const meta = { actor: 'key:k-1' };

async function shown() {
  const { deps, identityId } = place;
  const find = { tenantId, identityId };
  const row = await deps.database.tenant(tenantId, (tx) => deps.identities.find(tx, find));
  return identityMessage(row);
}

function later(ms: number): Instant {
  const now = plus(place.clock.now(), ms);
  place.clock.set({ mode: 'virtual', now });
  return now;
}

describe('An identity at an instant (M7)', () => {
  it('is shown as it was shown then', async () => {
    const { deps, identityId } = place;
    const of = { tenantId, identityId, meta };
    const snapshots = [{ at: place.clock.now(), then: await shown() }];
    const snap = async (at: Instant) => snapshots.push({ at, then: await shown() });
    let at = later(hourMs);
    const pause = { cause: 'on leave', at };
    await controlIdentity(deps, of, { type: 'PauseIdentity', data: pause });
    await snap(at);
    at = later(dayMs);
    await controlIdentity(deps, of, { type: 'ResumeIdentity', data: { at } });
    await snap(at);
    at = later(dayMs);
    const policy = { profile: 'messenger', tier: 'classic' };
    await setIdentityPolicy(deps, of, { policy, acknowledgeRisk: true });
    await snap(at);
    for (const { at: when, then } of snapshots) {
      expect(identityMessage(await identityAt(deps, of, when))).toEqual(then);
    }
  });

  it('is unknown before it was added', async () => {
    const { deps, identityId } = place;
    const before = plus(place.clock.now(), -dayMs);
    await expect(identityAt(deps, { tenantId, identityId }, before)).rejects.toThrow('identity');
  });
});
