import type { Instant } from '@overture/kernel';
import type { Identity } from '../store/identities.sql.js';
import type { Sql } from '../store/sql.js';
import type { World } from '../store/world.sql.js';
import type { Json } from './answer.js';

/** The world as one transaction sees it. */
export interface Scene {
  readonly sql: Sql;
  readonly world: World;
  readonly now: Instant;
}

/** One action of one identity, inside its transaction, with the identity's row locked. */
export interface Call extends Scene {
  readonly identity: Identity;
  readonly action: string;
  readonly input: Json;
  readonly parameters: Json;
  readonly attemptId: string | null;
  readonly cursor?: string;
}
