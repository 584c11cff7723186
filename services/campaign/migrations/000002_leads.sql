-- A person. Every personal field is inside `sealed`, under the person's own key; erasing the key erases it here too.
create table leads (
  tenant_id text collate "C" not null,
  lead_id text collate "C" not null,
  sealed json not null,
  -- Every name LinkedIn has for them; see lead_fingerprints.
  fingerprints text[] not null,
  -- IANA; empty: unknown.
  time_zone text not null default '',
  -- Keyed fingerprint of the company's name, for do-not-contact; empty: unknown.
  company text collate "C" not null default '',
  -- The sender this person keeps for life (F098).
  identity_id text collate "C" not null default '',
  -- The import that brings this person; nobody sees them before it is being committed. Empty: added by a call.
  import_id text collate "C" not null default '',
  created_at timestamptz not null,
  primary key (tenant_id, lead_id)
);
select grant_tenant_table('leads');

-- Whose name this is, by keyed fingerprint. The key makes a person unique in a workspace (F047).
create table lead_fingerprints (
  tenant_id text collate "C" not null,
  fingerprint text collate "C" not null,
  lead_id text collate "C" not null,
  primary key (tenant_id, fingerprint)
);
select grant_tenant_table('lead_fingerprints');

-- Outlives the erasing of a person: a fingerprint tells nothing without the key, and still stops a new contact.
create table do_not_contact (
  tenant_id text collate "C" not null,
  entry_id text collate "C" not null,
  kind text not null check (kind in ('person', 'company')),
  fingerprint text collate "C" not null,
  reason text not null,
  created_at timestamptz not null,
  primary key (tenant_id, entry_id),
  constraint do_not_contact_fingerprint_key unique (tenant_id, fingerprint)
);
select grant_tenant_table('do_not_contact');
