import type { Instant } from '@overture/kernel';
import type { Head, QueueName } from '@overture/planner';
import type { CompanyContact } from '@overture/policy';
import type { Waiting } from './timetable.js';
import type { KnownCampaign, KnownContact } from './world.js';

/** Who of which company heard from the workspace first, and when; all identities write into one. */
export class Companies {
  private readonly contacts = new Map<string, CompanyContact[]>();

  constructor(
    private readonly campaigns: ReadonlyMap<string, KnownCampaign>,
    contacts: readonly KnownContact[] = [],
  ) {
    for (const { companyKey, leadId, at } of contacts) this.contacted({ companyKey, leadId }, at);
  }

  contacted({ companyKey, leadId }: Pick<Waiting, 'companyKey' | 'leadId'>, at: Instant): void {
    if (companyKey === undefined) return;
    const known = this.contacts.get(companyKey);
    if (known === undefined) this.contacts.set(companyKey, [{ leadId, at }]);
    else known.push({ leadId, at });
  }

  /** The head of a queue, with what is asked about its company. */
  headOf(waiting: Waiting, { campaignId }: QueueName): Head {
    const { companyKey: key, wantedAt: dueAt = waiting.dueAt } = waiting;
    const cap = this.campaigns.get(campaignId)?.companyCap;
    const head = { ...waiting, dueAt, row: '', version: 0 };
    if (key === undefined || cap === undefined) return head;
    return { ...head, company: { key, cap, contacts: this.contacts.get(key) ?? [] } };
  }
}
