import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { CompanyContacts, type ContactAtCompany } from '../app/company-contacts.js';

export class PostgresCompanyContacts extends CompanyContacts {
  constructor(private readonly database: Database) {
    super();
  }

  override since(
    tenantId: string,
    since: Instant,
    { limit, after }: { limit: number; after?: ContactAtCompany },
  ): Promise<readonly ContactAtCompany[]> {
    const { at = since, leadId = '', companyKey = '' } = after ?? {};
    return this.database.tenant(tenantId, async (tx) => {
      const values = [tenantId, since, at, leadId, companyKey, limit];
      const { rows } = await tx.query<ContactAtCompany>(contactsSince, values);
      return rows;
    });
  }
}

const contactsSince = `
  select c.company_key as "companyKey", c.lead_id as "leadId", c.at from (
    select u.company_key, u.lead_id, max(u.used_at) as at from uses u
    where u.tenant_id = $1 and u.company_key is not null and u.used_at > $2
    group by u.company_key, u.lead_id
  ) c
  where (c.at, c.lead_id, c.company_key) > ($3::timestamptz, $4::text, $5::text)
  order by c.at, c.lead_id, c.company_key limit $6`;
