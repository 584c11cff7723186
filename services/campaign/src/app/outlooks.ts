import type { KnownIdentity } from '@overture/domain-campaign';

/** How identities stand in the timetable: asked of the scheduler, outside any transaction. */
export abstract class Outlooks {
  abstract of(tenantId: string, identityIds: readonly string[]): Promise<readonly KnownIdentity[]>;
}
