-- How many people of one company hear from a workspace, whoever contacts them (F034).
alter table campaigns add column company_cap jsonb;

alter table planned_actions
  -- Of a first contact: keyed fingerprint of the lead's company. Null: unknown, or no first contact.
  add column company_key text collate "C",
  -- When it was due before its company kept it waiting; `due_at` is when it could go. Null: nothing set it back.
  add column wanted_at timestamptz;
-- What is to be asked again once the campaign's cap has changed.
create index planned_actions_set_back on planned_actions (queue_id) where wanted_at is not null;

alter table uses
  -- Of a first contact with somebody of a known company: which one, and who.
  add column company_key text collate "C",
  add column lead_id text collate "C";
-- Who of a company was contacted since: a range of this index, and no row.
create index uses_company on uses (tenant_id, company_key, used_at) include (lead_id)
  where company_key is not null;
