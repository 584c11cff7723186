import type { Database } from '@overture/event-store';
import { earliest, type Clock, type Instant } from '@overture/kernel';
import { WorldStore } from '../app/ports.js';
import type { Sql } from '../store/sql.js';

/** Transactions of the simulator's schema; tells when one that was committed has planned something. */
export class PostgresWorldStore extends WorldStore {
  private planned: (at: Instant) => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  onPlanned(planned: (at: Instant) => void): void {
    this.planned = planned;
  }

  override change<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    // Also when the caller has hung up meanwhile: time must not pass before the effect is there.
    return this.clock.during(() => this.commit(work));
  }

  private async commit<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const planned: Instant[] = [];
    // No row here belongs to a tenant of ours: the simulator works across all, as LinkedIn does.
    const result = await this.database.worker((tx) =>
      work({ query: (statement, values) => tx.query(statement, values), planned }),
    );
    const [first, ...rest] = planned;
    if (first !== undefined) this.planned(earliest(first, ...rest));
    return result;
  }
}
