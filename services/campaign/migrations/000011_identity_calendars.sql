-- When an identity works: what the last word before a send asks besides the campaign's own hours (F073).
alter table identities
  add column zone text not null default '',
  -- Its own working hours; absent: only those of the campaign count.
  add column hours jsonb,
  add column holiday_region text not null default '';
