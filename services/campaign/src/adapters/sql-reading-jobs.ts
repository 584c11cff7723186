import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { ReadingJobs } from '../app/reading-jobs.js';
import type { Scope } from '../app/scope.js';
import { fromRows } from './rows.js';

/** Read at once, each through an identity of its own or waiting for its turn. */
const readAtOnceMax = 20;

/** Which jobs of a table are due; their key is the workspace and `id`. */
export class SqlReadingJobs<Due> extends ReadingJobs<Due> {
  constructor(
    private readonly database: Database,
    private readonly table: { readonly name: string; readonly id: string },
  ) {
    super();
  }

  override async release({ tx, tenantId }: Scope, identityId: string, at: Instant): Promise<void> {
    await tx.query(
      `update ${this.table.name} set next_at = $3 where tenant_id = $1 and identity_id = $2
         and status = 'reading' and reason in ('login', 'identity_paused')`,
      [tenantId, identityId, at],
    );
  }

  override takeDue(now: Instant, heldUntil: Instant): Promise<readonly Due[]> {
    const { name, id } = this.table;
    return this.database.worker(async (tx) =>
      fromRows<Due>(
        await tx.query(
          `update ${name} set next_at = $2 where (tenant_id, ${id}) in (
             select tenant_id, ${id} from ${name} where status = 'reading' and next_at <= $1
             order by next_at, ${id} limit ${readAtOnceMax} for update skip locked)
           returning *`,
          [now, heldUntil],
        ),
      ),
    );
  }

  override nextAt(): Promise<Instant | undefined> {
    return this.database.worker(async (tx) => {
      const { rows } = await tx.query<{ at: Instant | null }>(
        `select min(next_at) as at from ${this.table.name} where status = 'reading'`,
      );
      return rows[0]?.at ?? undefined;
    });
  }
}
