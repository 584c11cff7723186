-- How much each identity may do, and what LinkedIn last showed of its allowances.
alter table identities
  add column policy jsonb not null default '{}',
  add column allowances jsonb not null default '{}';
