import type { Instant } from '@overture/kernel';
import type { CompanyContact } from '@overture/policy';

/** Somebody of a company, by their newest first contact. */
export interface ContactAtCompany extends CompanyContact {
  readonly companyKey: string;
}

/** Who of which company was contacted by the workspace, for whoever looks ahead (F034, M3). */
export abstract class CompanyContacts {
  /** In the order of time, after `since` and after the last one of the page before. */
  abstract since(
    tenantId: string,
    since: Instant,
    page: { readonly limit: number; readonly after?: ContactAtCompany },
  ): Promise<readonly ContactAtCompany[]>;
}
