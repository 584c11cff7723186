import { createDatabase, migrate, migrationSets, provisionSchema } from '@overture/event-store';
import { fromMs } from '@overture/kernel';
import { withClient, type Url } from './postgres.js';

export const wallClock = { now: () => fromMs(Date.now()) };

/** Addresses of a service's schema: as its owner, and as the service itself. */
export type SchemaUrl = (role: 'owner' | 'app') => string;

const password = 'bench';

/** The schema of a service, in a database of its own or beside others. */
export async function serviceSchema(
  url: Url,
  { database, schema, sets }: { database: string; schema: string; sets: readonly string[] },
): Promise<SchemaUrl> {
  await withClient(url(), (admin) => createDatabase(admin, database));
  const passwords = { owner: password, app: password };
  await withClient(url(database), (admin) => provisionSchema(admin, schema, passwords));
  const as: SchemaUrl = (role) =>
    Object.assign(new URL(url(database)), { username: `${schema}_${role}`, password }).href;
  await migrate({ url: as('owner'), schema, sets: migrationSets(sets) });
  return as;
}
