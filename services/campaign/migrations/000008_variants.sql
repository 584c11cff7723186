-- Results per variant are counted from the rows that have one, and only from those (F067).
create index actions_variants on actions (tenant_id, campaign_id, step_id, kind, variant_id)
  include (enrollment_id, sent_at, step) where variant_id <> '';
