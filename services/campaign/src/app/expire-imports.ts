import { dayMs, plus, type Instant } from '@overture/kernel';
import { lockedImport } from './import-rows.js';
import type { ImportRow, StagedPerson } from './imports.js';
import type { Ports } from './ports.js';
import { inTransaction, type Scope } from './scope.js';

/** What nobody commits is nobody's: the people of a file are not kept for longer. */
const keptForMs = 7 * dayMs;

const batchMax = 1_000;

/** Clears the stage of old imports and forgets the people of those never committed; gives the moment of the next one. */
export async function expireImports(ports: Ports): Promise<Instant | undefined> {
  const before = plus(ports.clock.now(), -keptForMs);
  for (const { tenantId, importId } of await ports.imports.kept(before)) {
    await clearAll(ports, { tenantId, importId });
  }
  const oldest = await ports.imports.oldestKept();
  return oldest === undefined ? undefined : plus(oldest, keptForMs);
}

async function clearAll(
  ports: Ports,
  { tenantId, importId }: { tenantId: string; importId: string },
): Promise<void> {
  let afterName: string | undefined = '';
  while (afterName !== undefined) {
    const page: StagePage = { afterName, limit: batchMax };
    afterName = await inTransaction(ports, { tenantId, meta: {} }, (scope) =>
      clear(ports, scope, importId, page),
    );
  }
}

interface StagePage {
  readonly afterName: string;
  readonly limit: number;
}

/** Gives the name to go on behind; undefined when nothing is left, or not to be cleared after all. */
async function clear(
  ports: Ports,
  scope: Scope,
  importId: string,
  page: StagePage,
): Promise<string | undefined> {
  const row = await lockedImport(ports, scope, importId);
  if (row.status === 'committing') return undefined;
  const staged = await ports.imports.staged(scope, importId, page);
  if (row.status !== 'committed') await forget(ports, scope, staged);
  const names = staged.map(({ fingerprint }) => fingerprint);
  await ports.imports.unstage(scope, importId, names);
  if (staged.length === batchMax) return names.at(-1);
  await ports.searches.forget(scope, importId);
  await ports.imports.change(scope, importId, { cleared: true, status: endOf(row) });
  return undefined;
}

async function forget(
  { leads }: Ports,
  scope: Scope,
  staged: readonly StagedPerson[],
): Promise<void> {
  const standings = await leads.standings(scope, '', staged);
  const nobody = staged.filter(({ leadId }, index) => standings[index]?.leadId !== leadId);
  await leads.discard(
    scope,
    nobody.map(({ leadId }) => leadId),
  );
}

function endOf({ status }: ImportRow): ImportRow['status'] {
  return status === 'committed' ? 'committed' : 'failed';
}
