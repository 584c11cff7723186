import type { Transaction } from '@overture/event-store';
import { plus, type Instant } from '@overture/kernel';
import type { CompanyOfHead } from '@overture/planner';
import { companyWindowMs, type CompanyCap, type CompanyContact } from '@overture/policy';
import { columns } from './sql.js';

/** The first contact of somebody at a company whose people the campaign counts. */
export interface AskedCompany {
  readonly tenantId: string;
  readonly key: string;
  readonly cap: CompanyCap;
}

interface ContactRow extends CompanyContact {
  readonly place: number;
}

interface Reading {
  readonly now: Instant;
  /**
   * Whoever is going to claim by what is read keeps others from claiming there before the transaction ends. After the
   * identities, all companies at once and in one order: nobody can wait in a circle.
   */
  readonly lock: boolean;
}

/** Who of each company was contacted lately, in the order asked. */
export async function readCompanies(
  tx: Transaction,
  asked: readonly (AskedCompany | undefined)[],
  { now, lock }: Reading,
): Promise<(CompanyOfHead | undefined)[]> {
  const named = asked.filter((each) => each !== undefined);
  if (named.length === 0) return asked.map(() => undefined);
  const keys = columns<AskedCompany>(
    named,
    ({ tenantId }) => tenantId,
    ({ key }) => key,
  );
  if (lock) await tx.query(lockCompanies, keys);
  const since = columns<AskedCompany>(named, ({ cap }) => plus(now, -companyWindowMs(cap)));
  const { rows } = await tx.query<ContactRow>(readContacts, [...keys, ...since]);
  const contacts = new Map<AskedCompany, CompanyContact[]>(named.map((each) => [each, []]));
  for (const { place, leadId, at } of rows) {
    contacts.get(named[place - 1] as AskedCompany)?.push({ leadId, at });
  }
  return asked.map((each) => each && companyOf(each, contacts.get(each) ?? []));
}

function companyOf({ key, cap }: AskedCompany, contacts: readonly CompanyContact[]): CompanyOfHead {
  return { key, cap, contacts };
}

const lockCompanies = {
  name: 'scheduler-lock-companies',
  text: `
    select pg_advisory_xact_lock(k.key) from (
      select distinct hashtextextended(a.tenant_id || ' ' || a.company_key, 34) as key
      from unnest($1::text[], $2::text[]) as a (tenant_id, company_key)
      order by key offset 0
    ) k`,
};

// From the ledger, by a range of one index; a use that was given back is not there any more.
const readContacts = {
  name: 'scheduler-read-contacts',
  text: `
    select a.place, c.lead_id as "leadId", c.at
    from unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as a (tenant_id, company_key, since, place)
    cross join lateral (
      select u.lead_id, max(u.used_at) as at from uses u
      where u.tenant_id = a.tenant_id and u.company_key = a.company_key and u.used_at > a.since
      group by u.lead_id offset 0
    ) c`,
};
