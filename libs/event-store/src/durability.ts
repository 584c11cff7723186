import { UnfitDatabaseError } from './errors.js';
import type { Database } from './database.js';

const demanded: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
};

/** Refuses a server that could lose an acknowledged append when the power fails (P1). */
export async function checkDurability(database: Database): Promise<void> {
  const { rows } = await database.statements.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any ($1)',
    [Object.keys(demanded)],
  );
  const wrong = rows.filter(({ name, setting }) => !demanded[name]?.includes(setting));
  if (wrong.length === 0) return;
  const found = wrong.map(({ name, setting }) => `${name} = ${setting}`).join(', ');
  throw new UnfitDatabaseError(
    `PostgreSQL runs with ${found}: it may lose what it has confirmed. Set ${wrong
      .map(({ name }) => `${name} = on`)
      .join(', ')}.`,
  );
}
