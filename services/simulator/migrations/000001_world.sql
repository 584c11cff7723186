-- The pretend LinkedIn. No table belongs to a tenant of Overture: the simulator stands outside, as LinkedIn does.

-- One world at a time; a reset empties every table.
create table world (
  sole boolean primary key default true check (sole),
  seed text not null,
  started_at timestamptz not null,
  knobs jsonb not null
);

create table webhook_targets (
  workspace text primary key,
  url text not null,
  headers jsonb not null
);

create table identities (
  uid text primary key,
  workspace text not null,
  name text not null,
  time_zone text not null,
  type text not null check (type in ('standard', 'engagement')),
  tier text not null check (tier in ('classic', 'navigator')),
  status text not null check (status in ('VALID', 'INVALID', 'PENDING')),
  restricted boolean not null default false,
  created_at timestamptz not null,
  -- The ramp of a new identity counts from here.
  first_sync_at timestamptz,
  -- Grows with every login and every expiry: notices of one generation belong together.
  generation integer not null default 0
);

create table people (
  key text collate "C" primary key,
  handle text not null,
  numeric_id text not null,
  member_id text not null,
  sales_id text not null,
  first_name text not null,
  last_name text not null,
  fixed jsonb not null,
  first_seen_at timestamptz not null
);

-- Everything a person can be found by now. A rename takes the old handle away.
create table person_names (
  name text collate "C" primary key,
  person_key text collate "C" not null references people
);

create table relations (
  identity_uid text not null references identities,
  person_key text collate "C" not null references people,
  state text not null check (state in ('none', 'invited', 'connected')),
  -- Invitations sent so far; numbers the next one.
  invitations integer not null default 0,
  invitation_id text,
  invited_at timestamptz,
  note text,
  connected_at timestamptz,
  primary key (identity_uid, person_key)
);
create unique index relations_invitation on relations (invitation_id) where invitation_id is not null;
create index relations_connected on relations (identity_uid, connected_at desc, person_key)
  where state = 'connected';
create index relations_invited on relations (identity_uid, invited_at desc, person_key)
  where state = 'invited';

create table threads (
  id text collate "C" primary key,
  identity_uid text not null,
  person_key text collate "C" not null,
  created_at timestamptz not null,
  last_activity_at timestamptz not null,
  messages integer not null default 0,
  unread integer not null default 0,
  unique (identity_uid, person_key),
  foreign key (identity_uid, person_key) references relations
);
create index threads_recent on threads (identity_uid, last_activity_at desc, id);

create table messages (
  thread_id text collate "C" not null references threads,
  position integer not null,
  id text collate "C" not null unique,
  sender text not null check (sender in ('identity', 'person')),
  -- LinkedIn turns an invitation's note into the first message when the invitation is accepted.
  note boolean not null default false,
  content text not null,
  delivered_at timestamptz not null,
  primary key (thread_id, position)
);

-- The last position of the ledger. Its row is locked until the commit, so positions have no holes, follow the order of
-- commits, and a reader that has seen position n has seen every position before it.
create table ledger_head (
  sole boolean primary key default true check (sole),
  position bigint not null
);
insert into ledger_head (position) values (0);

-- What happened, in order: the oracle of every test.
create table ledger (
  position bigint primary key,
  at timestamptz not null,
  kind text not null,
  identity_uid text,
  person_key text,
  text text,
  text_hash text,
  attempt_id text,
  details jsonb not null
);
create index ledger_window on ledger (identity_uid, kind, at desc);

-- What the world does next. A row leaves in the transaction that does it.
create table agenda (
  id bigint generated always as identity primary key,
  due_at timestamptz not null,
  kind text not null,
  identity_uid text,
  person_key text collate "C",
  details jsonb not null
);
create index agenda_due on agenda (due_at, id);
create index agenda_relation on agenda (identity_uid, person_key);

create table faults (
  id bigint generated always as identity primary key,
  kind text not null,
  identity_uid text,
  action text,
  skips integer not null,
  -- Null: until cleared.
  remaining integer,
  details jsonb not null
);

create table runs (
  uid text primary key,
  workspace text not null,
  identity_uid text not null,
  action text not null,
  status text not null,
  parameters jsonb not null,
  callback jsonb,
  retry_count integer not null default 0,
  postponed_until timestamptz,
  last_error jsonb,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table run_inputs (
  run_uid text not null references runs,
  number integer not null,
  input jsonb not null,
  custom_data jsonb,
  status text not null check (status in ('PENDING', 'SUCCEEDED', 'FAILED')),
  results jsonb,
  error jsonb,
  primary key (run_uid, number)
);

-- Webhooks and callbacks on their way out.
create table deliveries (
  uid text primary key,
  kind text not null check (kind in ('integration', 'callback')),
  parent_uid text,
  run_uid text,
  batch_uid text,
  url text not null,
  headers jsonb not null,
  body jsonb not null,
  status text not null check (status in ('PENDING', 'RUNNING', 'FAILED', 'SUCCESS')),
  retry_count integer not null default 0,
  http_status integer,
  error text,
  created_at timestamptz not null
);

do $$
begin
  execute 'grant select, insert, update, delete on world, webhook_targets, identities, people, person_names, '
    'relations, threads, messages, ledger, ledger_head, agenda, faults, runs, run_inputs, deliveries to '
    || quote_ident(current_schema() || '_worker');
end
$$;
