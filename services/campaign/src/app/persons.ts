import type { Instant } from '@overture/kernel';
import type { Scope } from './scope.js';

/** A lead, or one of several who proved to be one person. */
export interface Member {
  readonly leadId: string;
  readonly duplicateOf: string;
  readonly apartFrom: readonly string[];
  readonly createdAt: Instant;
}

/** What a lead's stream says of it. */
export interface LeadStanding {
  readonly leadId: string;
  readonly duplicateOf: string;
  readonly apartFrom: readonly string[];
  readonly version: number;
}

/** Leads as persons: a person is the oldest lead with all its duplicates (F047, P18). */
export abstract class Persons {
  /** Whose names these are, by name. */
  abstract bearers(scope: Scope, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Everybody of the persons of these leads, the oldest first. */
  abstract members(scope: Scope, leadIds: readonly string[]): Promise<readonly Member[]>;
  abstract save(scope: Scope, standing: LeadStanding): Promise<void>;
  /** Enrollments under way of a person that may not go on beside another one of the same person. */
  abstract beside(scope: Scope, personId: string): Promise<readonly string[]>;
  /** Why these enrollments may not begin after all, by enrollment; nothing for those who may. */
  abstract hindrances(
    scope: Scope,
    enrollmentIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Held as duplicates, of a campaign in which nobody else is under way. */
  abstract heldIn(scope: Scope, campaignId: string): Promise<readonly string[]>;
}
