import { dayMs, fromMs, toMs, type Instant } from '@overture/kernel';
import { effectDelayMs } from './limits.js';
import type { CompanyCap, CompanyFacts } from './rules.js';

/** One person of a company who heard from the workspace for the first time, in whichever campaign. */
export interface CompanyContact {
  readonly leadId: string;
  readonly at: Instant;
}

/** How long a contact counts; longer than its days by as much as an effect may follow its claim (I3). */
export function companyWindowMs({ days }: Pick<CompanyCap, 'days'>): number {
  return days * dayMs + effectDelayMs;
}

/** What was done at the company of `leadId`, from its contacts in any order, also older ones (F034). */
export function companyFacts(
  cap: CompanyCap,
  contacts: readonly CompanyContact[],
  { leadId, now }: { readonly leadId: string; readonly now: Instant },
): CompanyFacts {
  const sinceMs = toMs(now) - companyWindowMs(cap);
  const newest = new Map<string, number>();
  for (const { leadId: person, at } of contacts) {
    const atMs = toMs(at);
    if (atMs > sinceMs) newest.set(person, Math.max(atMs, newest.get(person) ?? atMs));
  }
  const contacted = newest.delete(leadId);
  const newestFirst = [...newest.values()].sort((a, b) => b - a);
  const blocking = newestFirst[cap.people - 1];
  return {
    cap,
    people: {
      used: newestFirst.length,
      ...(blocking !== undefined && { blockingAt: fromMs(blocking) }),
    },
    ...(contacted && { contacted }),
  };
}
