-- The library of texts (F017). Sequences take copies, so nothing refers to a row of it. Templates name no person: fields
-- stand for them, so nothing here is sealed.
create table templates (
  tenant_id text collate "C" not null,
  template_id text collate "C" not null,
  name text not null,
  -- The name as it is compared and sorted: capitals make no other name.
  name_key text collate "C" not null,
  kind text not null check (kind in ('connect', 'message', 'inmail', 'comment')),
  subject text not null,
  text text not null,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, template_id),
  constraint templates_name_key unique (tenant_id, name_key)
);
select grant_tenant_table('templates');
