import type { KnownContact, KnownIdentity } from '@overture/domain-campaign';
import type { Instant } from '@overture/kernel';

/** How identities stand in the timetable: asked of the scheduler, outside any transaction. */
export abstract class Outlooks {
  abstract of(tenantId: string, identityIds: readonly string[]): Promise<readonly KnownIdentity[]>;
  /** Who of which company was first contacted since, by anybody of the workspace (F034). */
  abstract contacts(tenantId: string, since: Instant): Promise<readonly KnownContact[]>;
}
