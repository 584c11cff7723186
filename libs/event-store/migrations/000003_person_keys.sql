-- One data key per person, wrapped by a key that is not in the database. Erasing a person deletes the row (I14).
create table person_keys (
  tenant_id text collate "C" not null,
  person_id text collate "C" not null,
  -- Names this very key: what an erased key sealed is told apart from what a later key of the same person sealed.
  key_id text collate "C" not null,
  wrapped_by text not null,
  wrapped_key bytea not null,
  primary key (tenant_id, person_id)
);
create index person_keys_wrapped_by on person_keys (wrapped_by);

select grant_tenant_table('person_keys', 'select, insert, delete, update (wrapped_by, wrapped_key)');
