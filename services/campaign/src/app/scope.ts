import type { EventMeta, Transaction } from '@overture/event-store';
import { retryConflicts } from '@overture/event-store';
import type { Ports } from './ports.js';

/** Who asks: the workspace of the verified credential, and what caused it. */
export interface Caller {
  readonly tenantId: string;
  readonly meta: EventMeta;
}

/** One transaction of one workspace. */
export interface Scope extends Caller {
  readonly tx: Transaction;
}

/** Runs `work` in a transaction of the caller's workspace, again when another writer was faster. */
export function inTransaction<T>(
  { database }: Pick<Ports, 'database'>,
  caller: Caller,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  return retryConflicts(() => database.tenant(caller.tenantId, (tx) => work({ ...caller, tx })));
}
