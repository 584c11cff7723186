import type { Instant } from '@overture/kernel';
import { defaultKnobs, type Knobs } from '../world/knobs.js';
import { row, execute, type Sql } from './sql.js';

export interface World {
  readonly seed: string;
  readonly startedAt: Instant;
  readonly knobs: Knobs;
}

// In the order their references allow.
const tables = [
  'world',
  'webhook_targets',
  'faults',
  'agenda',
  'ledger',
  'deliveries',
  'run_inputs',
  'runs',
  'messages',
  'threads',
  'relations',
  'person_names',
  'people',
  'identities',
];

export async function readWorld(sql: Sql): Promise<World> {
  const found = await row<{ seed: string; started_at: Instant; knobs: Partial<Knobs> }>(
    sql,
    'select seed, started_at, knobs from world',
  );
  if (found === undefined) throw new Error('There is no world: ensureWorld comes first.');
  const knobs = { ...defaultKnobs, ...found.knobs };
  return { seed: found.seed, startedAt: found.started_at, knobs };
}

/** Begins the default world where there is none yet. */
export async function ensureWorld(sql: Sql, now: Instant): Promise<void> {
  await execute(
    sql,
    `insert into world (seed, started_at, knobs) values ('overture', $1, '{}') on conflict do nothing`,
    [now],
  );
}

export async function writeWorld(sql: Sql, world: World): Promise<void> {
  await execute(
    sql,
    `insert into world (seed, started_at, knobs) values ($1, $2, $3)
     on conflict (sole) do update
     set seed = excluded.seed, started_at = excluded.started_at, knobs = excluded.knobs`,
    [world.seed, world.startedAt, JSON.stringify(world.knobs)],
  );
}

/** Empties the world, webhook targets included. */
export async function clearWorld(sql: Sql): Promise<void> {
  for (const table of tables) await execute(sql, `delete from ${table}`);
  await execute(sql, 'update ledger_head set position = 0');
}
