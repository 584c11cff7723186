-- Invitations that were seen open. One that is missing twice in a row is gone: pages shift while they are read.
create table sent_invitations (
  tenant_id text not null,
  identity_id text not null,
  fingerprint text not null,
  invitation_id text not null,
  sent_at timestamptz not null,
  missed_at timestamptz,
  gone_at timestamptz,
  primary key (tenant_id, identity_id, fingerprint)
);
create index sent_invitations_open on sent_invitations (tenant_id, identity_id) where gone_at is null;
select grant_tenant_table('sent_invitations', 'select, insert, update');

-- Messages that went out through the product, by the provider's id: any other of ours was written by hand.
create table own_messages (
  tenant_id text not null,
  identity_id text not null,
  message_id text not null,
  primary key (tenant_id, identity_id, message_id)
);
select grant_tenant_table('own_messages', 'select, insert');

-- The last message of the lead stays known when somebody answers by hand below it.
alter table conversations
  add column lead_message_id text,
  add column lead_message_at timestamptz,
  add column received integer not null default 0;
update conversations set lead_message_id = last_message_id, lead_message_at = last_message_at, received = 1
  where last_from_lead;
