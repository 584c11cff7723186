import { openForLeads, type LeadVerdict } from './add-leads.js';
import { enrollLeads } from './enroll-leads.js';
import type { Judgement } from './judge-leads.js';
import { shownPage, type ShownLead } from './leads.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import { leadsOfSegment } from './segments.js';
import type { PageOf, PageWanted } from './tables.js';

export function listSegmentLeads(
  ports: Ports,
  caller: Caller,
  wanted: PageWanted & { readonly segmentId: string },
): Promise<PageOf<ShownLead>> {
  return inTransaction(ports, caller, (scope) =>
    shownPage(ports, scope, wanted, (page) => leadsOfSegment(ports, scope, page)),
  );
}

/**
 * Adds a page of a segment to a campaign, one verdict each, by the rules of adding leads (F048, F052, F054). Added twice
 * they are there once. The cursor is the last lead's id, so whoever an added page takes out of the segment skips nobody.
 */
export function addSegment(
  ports: Ports,
  caller: Caller,
  { campaignId, ...wanted }: PageWanted & { readonly segmentId: string; campaignId: string },
): Promise<PageOf<LeadVerdict>> {
  return inTransaction(ports, caller, async (scope) => {
    const campaign = await openForLeads(ports, scope, campaignId);
    const { items, nextCursor } = await leadsOfSegment(ports, scope, wanted);
    const people = items.map(({ leadId, fingerprints: [fingerprint = ''], company }) => {
      return { leadId, fingerprint, company };
    });
    const judged = await enrollLeads(ports, scope, campaign, people);
    const verdicts = people.map(({ leadId }, index) => verdictOf(index, leadId, judged[index]));
    return { items: verdicts, nextCursor };
  });
}

function verdictOf(index: number, leadId: string, judged: Judgement | undefined): LeadVerdict {
  if (judged === undefined || judged.verdict === 'importable') {
    return { index, verdict: 'added', reason: '', leadId };
  }
  return { index, verdict: judged.verdict, reason: judged.reason, leadId };
}
