-- Which leads something was recorded of since an instant. Events are only ever added, in the order of time: a summary of
-- each range of pages finds them and costs an append next to nothing; an index on a row that changes would cost every
-- change its in-place update.
create index events_recorded on events using brin (recorded_at) with (pages_per_range = 32, autosummarize = on);

-- Whom a connector has won, for the list, the export and the move into a messenger (S2-56, S2-57).
create index enrollments_accepted on enrollments (tenant_id, campaign_id, lead_id)
  where connection_accepted_at is not null;
