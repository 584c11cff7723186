alter table leads
  -- Keyed fingerprints of the e-mail address and of the domains of address and company website, for do-not-contact.
  add column marks text[] not null default '{}',
  -- The older lead who proved to be the same person; empty: nobody. A fold of the lead's stream, like the next ones.
  add column duplicate_of text collate "C" not null default '',
  -- Leads whom a person has told apart from this one.
  add column apart_from text[] not null default '{}',
  -- Of the lead's own fields: one more than its stream's.
  add column version integer not null default 1;
create index leads_duplicates on leads (tenant_id, duplicate_of) where duplicate_of <> '';
-- Whom an entry on do-not-contact means.
create index leads_company on leads (tenant_id, company) where company <> '';
create index leads_marks on leads using gin (marks) where marks <> '{}';

-- A person is a lead with all its duplicates.
create function leads_of_person(tenant text, person text) returns setof text
language sql stable
as $$
  select person
  union all
  select lead_id from leads
  where tenant_id = tenant and duplicate_of = person and duplicate_of <> ''
$$;

alter table do_not_contact
  drop constraint do_not_contact_kind_check,
  add constraint do_not_contact_kind_check check (kind in ('person', 'email', 'company', 'domain')),
  -- Of a company or a domain, as it was given; a person is not named.
  add column name text not null default '',
  -- When everybody it means had been stopped; intents are refused from the first moment on.
  add column stopped_at timestamptz;
create index do_not_contact_running on do_not_contact (tenant_id, entry_id) where stopped_at is null;
-- Marks are looked up only where somebody listed one.
create index do_not_contact_marks on do_not_contact (tenant_id) where kind in ('email', 'domain');

-- The read model of the rules streams: what was set; null is as it is above.
create table lead_rules (
  tenant_id text collate "C" not null,
  -- Empty: the rules of the workspace.
  campaign_id text collate "C" not null,
  exclusive boolean,
  contact_once boolean,
  skip_never_answered boolean,
  cooldown_days integer,
  version integer not null,
  primary key (tenant_id, campaign_id)
);
select grant_tenant_table('lead_rules');

create function is_exclusive(tenant text, campaign text) returns boolean
language sql stable
as $$
  select coalesce(
    (select exclusive from lead_rules where tenant_id = tenant and campaign_id = campaign),
    (select exclusive from lead_rules where tenant_id = tenant and campaign_id = ''),
    true)
$$;
