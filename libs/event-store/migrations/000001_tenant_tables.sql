-- How every table of a tenant is guarded. Each later migration calls grant_tenant_table for each such table.
do $$
begin
  if to_regrole(quote_ident(current_schema() || '_app')) is null
    or to_regrole(quote_ident(current_schema() || '_worker')) is null
  then
    raise exception 'The roles %_app and %_worker do not exist. Provision the schema first.',
      current_schema(), current_schema();
  end if;
end
$$;

-- Forces row security with the policies `tenant` (only rows of app.tenant_id; unset means none) for the service's
-- login role and `worker` (all rows) for its cross-tenant jobs, and grants both the verbs.
create function grant_tenant_table(table_name text, verbs text default 'select, insert, update, delete')
returns void
language plpgsql
set search_path from current
as $$
declare
  app constant text := quote_ident(current_schema() || '_app');
  worker constant text := quote_ident(current_schema() || '_worker');
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'create policy tenant on %I to %s using (tenant_id = current_setting(''app.tenant_id'', true))',
    table_name, app);
  execute format('create policy worker on %I to %s using (true)', table_name, worker);
  execute format('grant %s on %I to %s, %s', verbs, table_name, app, worker);
end
$$;
