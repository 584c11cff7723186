import type { Instant } from '@overture/kernel';
import { stopForColleague } from '../enrollment/colleagues.js';
import type { StopEnrollment } from '../enrollment/commands.js';
import type { EnrollmentEvent } from '../enrollment/events.js';
import type { PlayedLead } from './played-lead.js';
import type { KnownCampaign } from './world.js';

interface Group {
  readonly leads: PlayedLead[];
  /** Somebody of it has answered. */
  hasAnswered: boolean;
}

/** Whose reply stops whom: the people of one company in one campaign that stops at that (F034). */
export class Colleagues {
  private readonly groups = new Map<string, Group>();

  constructor(leads: readonly PlayedLead[], campaigns: readonly KnownCampaign[]) {
    const stopping = new Map(
      campaigns.flatMap(({ campaignId, answered }) => (answered ? [[campaignId, answered]] : [])),
    );
    for (const lead of leads) {
      const { campaignId, planning } = lead.known;
      const [answered, company] = [stopping.get(campaignId), planning.companyKey ?? ''];
      if (answered === undefined || company === '') continue;
      const key = keyOf(lead);
      const known = this.groups.get(key);
      if (known === undefined) {
        this.groups.set(key, { leads: [lead], hasAnswered: answered.has(company) });
      } else {
        known.leads.push(lead);
      }
    }
  }

  /** Who is stopped by what has happened to a lead. */
  stoppedBy(lead: PlayedLead, event: EnrollmentEvent): readonly PlayedLead[] {
    const group = this.groups.get(keyOf(lead));
    if (group === undefined) return [];
    if (event.type === 'SequencePlanned') return group.hasAnswered ? [lead] : [];
    if (event.type !== 'ReplyReceived' || event.data.witness === 'relation_check') return [];
    group.hasAnswered = true;
    return group.leads.filter((other) => other !== lead);
  }
}

export function stopFor({ known: { leadId, planning } }: PlayedLead, at: Instant): StopEnrollment {
  return stopForColleague(leadId, planning.companyKey ?? '', at);
}

function keyOf({ known: { campaignId, planning } }: PlayedLead): string {
  return `${campaignId} ${planning.companyKey ?? ''}`;
}
