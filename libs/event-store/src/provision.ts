import pg from 'pg';

export interface SchemaPasswords {
  readonly owner: string;
  readonly app: string;
}

/**
 * Creates a service's schema in the connected database and its three roles, or brings them in line again:
 * `_owner` migrates, `_app` logs in and owns nothing, `_worker` is what `_app` becomes for cross-tenant jobs.
 * `_owner` may become `_worker` too, since forced row security hides all rows from a migration otherwise.
 * `admin` may create roles and schemas. Roles are one for the whole server, so callers take turns.
 */
export async function provisionSchema(
  admin: pg.ClientBase,
  schema: string,
  passwords: SchemaPasswords,
): Promise<void> {
  const [owner, app, worker] = ['owner', 'app', 'worker'].map((role) =>
    pg.escapeIdentifier(`${schema}_${role}`),
  ) as [string, string, string];
  await ensureRole(admin, `${schema}_owner`, `login password ${pg.escapeLiteral(passwords.owner)}`);
  await ensureRole(admin, `${schema}_worker`, 'nologin');
  const login = `login noinherit password ${pg.escapeLiteral(passwords.app)}`;
  await ensureRole(admin, `${schema}_app`, login);
  const name = pg.escapeIdentifier(schema);
  await admin.query(`
    grant ${worker} to ${app} with inherit false, set true;
    grant ${worker} to ${owner} with inherit false, set true;
    create schema if not exists ${name} authorization ${owner};
    grant usage on schema ${name} to ${app}, ${worker};
    revoke create on schema public from public;`);
  await letConnect(admin, [schema]);
}

/** Lets the roles of these schemas, and nobody else, connect to the database; a copied database needs it anew. */
export async function letConnect(admin: pg.ClientBase, schemas: readonly string[]): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  const database = pg.escapeIdentifier(rows[0]?.name ?? '');
  const roles = schemas
    .flatMap((schema) => [`${schema}_owner`, `${schema}_app`])
    .map((role) => pg.escapeIdentifier(role));
  await admin.query(`
    revoke connect, temporary on database ${database} from public;
    grant connect on database ${database} to ${roles.join(', ')};`);
}

/** Creates a database unless there is one of that name; with `template` as its copy. */
export async function createDatabase(
  admin: pg.ClientBase,
  name: string,
  template?: string,
): Promise<void> {
  const existing = await admin.query('select from pg_database where datname = $1', [name]);
  if (existing.rowCount) return;
  const source = template === undefined ? '' : `template ${pg.escapeIdentifier(template)}`;
  await admin.query(`create database ${pg.escapeIdentifier(name)} ${source}`);
}

const safeAttributes = 'nosuperuser nocreatedb nocreaterole nobypassrls';

async function ensureRole(admin: pg.ClientBase, role: string, attributes: string): Promise<void> {
  const existing = await admin.query('select from pg_roles where rolname = $1', [role]);
  const verb = existing.rowCount ? 'alter' : 'create';
  await admin.query(`${verb} role ${pg.escapeIdentifier(role)} ${attributes} ${safeAttributes}`);
}
