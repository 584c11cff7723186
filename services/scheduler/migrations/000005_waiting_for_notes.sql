-- What a campaign's invitations do once the month's notes are used up (F027).
alter table campaigns add column waits_for_note boolean not null default false;

-- Invitations that may have to wait for a note keep no others waiting: they have queues of their own. What is planned
-- already stays where it is.
alter table queues add column with_note boolean not null default false;
do $$
declare known text;
begin
  select c.conname into strict known from pg_constraint c where c.conrelid = 'queues'::regclass and c.contype = 'u';
  execute format('alter table queues drop constraint %I', known);
end $$;
alter table queues add unique (identity_id, kind, campaign_id, zone, priority, first_touch, with_note, tenant_id);
