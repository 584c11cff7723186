/** Of a lead `l`. */
export const leadColumns = `l.lead_id, l.sealed, l.fingerprints, l.time_zone, l.company, l.identity_id,
  l.import_id, l.created_at, l.marks, l.duplicate_of, l.version, l.enriched_at`;
// Whoever an import brings is there for others once somebody has committed it.
export const visible = `(l.import_id = '' or exists (select from imports i where i.tenant_id = l.tenant_id
  and i.import_id = l.import_id and i.status in ('committing', 'committed')))`;
