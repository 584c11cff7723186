import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { OutlookService, type CompanyContactsRequest } from '@overture/contracts';
import { instant } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { CompanyContacts, type ContactAtCompany } from '../app/company-contacts.js';

/** As many as fit into one answer. */
const pageMax = 2_000;

@Controller()
export class CompanyContactsController {
  constructor(private readonly contacts: CompanyContacts) {}

  @Command(OutlookService.method.listCompanyContacts)
  async listCompanyContacts(
    @Payload() { since, limit: wanted, cursor }: CompanyContactsRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const limit = Math.min(wanted > 0 ? wanted : pageMax, pageMax);
    const after = cursor === '' ? {} : { after: JSON.parse(cursor) as ContactAtCompany };
    const contacts = await this.contacts.since(tenantId, instant(since), { limit, ...after });
    const nextCursor = contacts.length < limit ? '' : JSON.stringify(contacts.at(-1));
    return { contacts: contacts.map((contact) => ({ ...contact })), nextCursor };
  }
}
