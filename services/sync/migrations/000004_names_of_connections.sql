-- Every name under which a connection was seen: two leads that turn out to be one person share one (F047).
alter table connections add column names text[] not null default '{}';
