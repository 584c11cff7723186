// A duplicate that is held is nobody to wait for: it ends with its campaign.
export const goesOn = `e.ended_at is null and e.reason <> 'duplicate_of_lead'`;

export const campaignsToStart = `
select c.tenant_id, c.campaign_id from campaigns c
where c.status = 'launched' and exists (
  select from enrollments e where e.tenant_id = c.tenant_id
    and e.campaign_id = c.campaign_id and e.status = 'new' and e.ended_at is null)
order by c.tenant_id, c.campaign_id`;

export const campaignsToFinish = `
select c.tenant_id, c.campaign_id from campaigns c
where c.status = 'launched' and exists (
  select from enrollments e where e.tenant_id = c.tenant_id
    and e.campaign_id = c.campaign_id)
and not exists (
  select from enrollments e where e.tenant_id = c.tenant_id
    and e.campaign_id = c.campaign_id and ${goesOn})
order by c.tenant_id, c.campaign_id`;
