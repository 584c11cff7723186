import type { EventMeta } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Scope } from './scope.js';

/** Why an intent is refused that comes after a colleague's reply. */
export const colleagueReplied = 'person/colleague-replied';

/** What the replies of a company's people mean to the others of it in one campaign. */
export interface CompanyStop {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly company: string;
  readonly meta: EventMeta;
  /** Whose reply stands; absent: nobody's, so whoever was stopped goes on. */
  readonly colleagueLeadId?: string;
  /** The campaign stops at replies of colleagues, as it is set now. */
  readonly stops: boolean;
}

/** Whose reply stops whom (F034). What is written here is done by a loop, until it is settled. */
export abstract class ColleagueStops {
  /** Their leads answered: says of how many that stops others. */
  abstract open(scope: Scope, enrollmentIds: readonly string[], at: Instant): Promise<number>;
  /** Their replies were none. */
  abstract withdraw(scope: Scope, enrollmentIds: readonly string[], at: Instant): Promise<number>;
  /** They came into the campaign: what was settled before them is not. */
  abstract renew(scope: Scope, enrollmentIds: readonly string[], at: Instant): Promise<number>;
  /** The oldest that is not settled and nobody else is at work on. */
  abstract take(scope: Scope): Promise<CompanyStop | undefined>;
  /** Who of the company is under way in the campaign. */
  abstract underWay(scope: Scope, stop: CompanyStop, limit: number): Promise<readonly string[]>;
  /** Who was stopped for it and nothing else since. */
  abstract stopped(scope: Scope, stop: CompanyStop, limit: number): Promise<readonly string[]>;
  /** Companies of which somebody's reply stands. */
  abstract answered(scope: Scope, campaignId: string): Promise<readonly string[]>;
  abstract settle(scope: Scope, stop: CompanyStop, at: Instant): Promise<void>;
  /** Across workspaces: who has some that are not settled. */
  abstract workspacesRunning(): Promise<readonly string[]>;
}
