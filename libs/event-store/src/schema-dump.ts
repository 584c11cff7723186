import type pg from 'pg';

/**
 * A schema as text, the same on every PostgreSQL version we support: tables, keys, indexes, policies, grants and
 * functions. Kept as a golden file, so that no change of the schema goes unseen. The schema's name reads `{schema}`.
 */
export async function dumpSchema(client: Queryable, schema: string): Promise<string> {
  const lines: string[] = [];
  for (const query of [tables, columns, constraints, indexes, policies, grants, functions]) {
    const { rows } = await client.query(query, [schema]);
    lines.push(...rows.map((row) => String((row as { line: string }).line)), '');
  }
  return lines
    .join('\n')
    .replaceAll(new RegExp(`\\b${schema}(?=_app|_worker|_owner|\\b)`, 'g'), '{schema}');
}

/** Tables with a tenant whose rows are not guarded by forced row security and a tenant policy; expected: none. */
export async function unguardedTables(client: Queryable, schema: string): Promise<string[]> {
  const { rows } = await client.query(unguarded, [schema]);
  return rows.map((row) => String((row as { name: string }).name));
}

type Queryable = Pick<pg.ClientBase, 'query'>;

const inSchema = `relnamespace = (select oid from pg_namespace where nspname = $1)`;

const tables = `select 'table ' || relname || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '')
    || case when relrowsecurity then ' row security' else '' end
    || case when relforcerowsecurity then ' forced' else '' end as line
  from pg_class where ${inSchema} and relkind in ('r', 'p') order by relname`;

const columns = `select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attcollation <> t.typcollation then ' collate ' || l.collname else '' end
    || case when a.attnotnull then ' not null' else '' end
    || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_collation l on l.oid = a.attcollation
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.${inSchema} and c.relkind in ('r', 'p') order by c.relname, a.attnum`;

const constraints = `select 'constraint ' || c.relname || '.' || n.conname || ' ' || pg_get_constraintdef(n.oid) as line
  from pg_constraint n join pg_class c on c.oid = n.conrelid
  where c.${inSchema} and n.contype <> 'n' order by c.relname, n.conname`;

const indexes = `select replace(indexdef, schemaname || '.', '') as line
  from pg_indexes where schemaname = $1 order by indexname`;

const policies = `select 'policy ' || tablename || '.' || policyname || ' ' || permissive || ' ' || cmd || ' to '
    || array_to_string(roles, ', ') || ' using ' || coalesce(qual, '') || ' check ' || coalesce(with_check, '') as line
  from pg_policies where schemaname = $1 order by tablename, policyname`;

const grants = `select 'grant ' || g.privilege || ' on ' || g.object || ' to ' || g.grantee as line
  from (
    select c.relname::text as object, x.privilege_type as privilege, x.grantee::regrole::text as grantee
    from pg_class c, aclexplode(c.relacl) x where c.${inSchema} and c.relkind in ('r', 'p')
    union all
    select c.relname || '.' || a.attname, x.privilege_type, x.grantee::regrole::text
    from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x
    where c.${inSchema} and c.relkind in ('r', 'p')
  ) g where g.grantee not like '%\\_owner' order by g.object, g.grantee, g.privilege`;

const functions = `select pg_get_functiondef(p.oid) as line from pg_proc p
  where p.pronamespace = (select oid from pg_namespace where nspname = $1) and p.prokind = 'f'
  order by p.proname`;

const unguarded = `select c.relname as name from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
  where c.${inSchema} and c.relkind in ('r', 'p') and not (
    c.relrowsecurity and c.relforcerowsecurity and exists (
      select from pg_policy p where p.polrelid = c.oid
        and pg_get_expr(p.polqual, p.polrelid) like '%tenant_id = current_setting(''app.tenant_id''%')
  ) order by c.relname`;
