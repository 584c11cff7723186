-- How the caps of an identity grow from ramp_started_at on: warm_up, recovery (F026).
alter table identities add column ramp text not null default 'warm_up';
