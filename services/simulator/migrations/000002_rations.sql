-- What LinkedIn rations and remembers beside the daily windows.
-- Nobody is invited again for about three weeks after a withdrawal.
alter table relations add column withdrawn_at timestamptz;
-- Until then the account is warned: invitations rest, and going on regardless restricts it.
alter table identities add column limited_until timestamptz;
