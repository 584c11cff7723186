import type { Identity } from '../store/identities.sql.js';
import type { World } from '../store/world.sql.js';
import { namesOf, type Names } from '../world/names.js';
import { success, type Answer } from './answer.js';
import type { Call } from './call.js';

export type Self = Names;

/** The identity as a LinkedIn member. */
export function selfOf(world: World, identity: Identity): Self {
  const slug = identity.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const [firstName = 'Someone', ...rest] = identity.name.split(' ');
  const names = namesOf(world.seed, `identity ${identity.uid}`);
  return { ...names, handle: `${slug}-sender`, firstName, lastName: rest.join(' ') };
}

export async function me(call: Call): Promise<Answer> {
  const self = selfOf(call.world, call.identity);
  return success({
    id: Number(self.numericId),
    first_name: self.firstName,
    last_name: self.lastName,
    full_name: call.identity.name,
    handle: self.handle,
    object_urn: `urn:li:member:${self.numericId}`,
    linkedin_profile_url: `https://www.linkedin.com/in/${self.handle}`,
    sales_navigator_profile_id: self.memberId,
    premium_subscriber: call.identity.tier === 'navigator',
    profile_image_url: null,
  });
}
