import type { Clock, Instant } from '@overture/kernel';
import type { Database, PersonKeys } from '@overture/event-store';
import type { Relation } from '@overture/domain-campaign';
import type { ColleagueStops } from './colleague-stops.js';
import type { DoNotContact } from './do-not-contact.js';
import type { DraftTexts } from './draft-texts.js';
import type { Enrichments, Profiles } from './enrichments.js';
import type { Enrollments, Views } from './enrollments.js';
import type { Identities } from './identities.js';
import type { Imports } from './imports.js';
import type { LeadTags } from './lead-tags.js';
import type { LeadRulesTable } from './lead-rules.js';
import type { PeopleSearch, Searches } from './searches.js';
import type { Segments } from './segments.js';
import type { Templates } from './templates.js';
import type { Texts } from './texts.js';
import type { Persons } from './persons.js';
import type { Outlooks } from './outlooks.js';
import type { WorkAhead } from './work-ahead.js';
import type { Campaigns, FanOuts, Gates, Intents, Leads } from './tables.js';

/** All that a use case may reach; also its injection token. Made once, in campaign.module.ts. */
export abstract class Ports {
  abstract readonly database: Database;
  abstract readonly clock: Clock;
  abstract readonly personKeys: PersonKeys;
  abstract readonly campaigns: Campaigns;
  abstract readonly gates: Gates;
  abstract readonly identities: Identities;
  abstract readonly intents: Intents;
  abstract readonly leads: Leads;
  abstract readonly persons: Persons;
  abstract readonly tags: LeadTags;
  abstract readonly segments: Segments;
  abstract readonly leadRules: LeadRulesTable;
  abstract readonly drafts: DraftTexts;
  abstract readonly enrollments: Enrollments;
  abstract readonly views: Views;
  abstract readonly imports: Imports;
  abstract readonly searches: Searches;
  abstract readonly enrichments: Enrichments;
  abstract readonly doNotContact: DoNotContact;
  abstract readonly colleagueStops: ColleagueStops;
  abstract readonly fanOuts: FanOuts;
  abstract readonly texts: Texts;
  abstract readonly templates: Templates;
  abstract readonly names: PersonNames;
  abstract readonly relations: Relations;
  abstract readonly outlooks: Outlooks;
  abstract readonly search: PeopleSearch;
  abstract readonly profiles: Profiles;
  abstract readonly work: WorkAhead;
  abstract readonly rules: Rules;
}

/** What the operator may set. */
export interface Rules {
  /** An intent is refused when the sender's look into the conversation is older (I5). */
  readonly syncAgeMsMax: number;
}

export interface PersonName {
  readonly fingerprint: string;
  /** The address to hand to a provider. */
  readonly sendUrl: string;
}

/** Turns names of people and companies into keyed fingerprints (F047). */
export abstract class PersonNames {
  /** Understands every spelling of a profile address, or says for people why not. */
  abstract read(tenantId: string, url: string): PersonName | { readonly problem: string };
  /** Two spellings of one company give the same; an empty name gives empty text. */
  abstract company(tenantId: string, name: string): string;
  /** Of the company a lead works at: by its name, else by its website; empty text when neither is known (F034). */
  abstract employer(
    tenantId: string,
    lead: { companyName: string; companyWebsite: string },
  ): string;
  /** Of one e-mail address; empty text when it is none. */
  abstract email(tenantId: string, text: string): string;
  /** Of the domain in an address, a website or plain text, or for people why there is none. */
  abstract domain(tenantId: string, text: string): DomainName | { readonly problem: string };
  /** Whatever of an e-mail address and a website may be on do-not-contact: the address, its domain and those above. */
  abstract marks(tenantId: string, lead: { email: string; companyWebsite: string }): string[];
  /** Of each word of a title, in any spelling. */
  abstract titleWords(tenantId: string, title: string): string[];
  /** Of an industry; empty text when there is none. */
  abstract industry(tenantId: string, name: string): string;
  /** By what a segment finds somebody: the words of the title, and the custom field industry (S2-55). */
  abstract words(tenantId: string, lead: SegmentedFields): string[];
}

export interface SegmentedFields {
  readonly title: string;
  readonly customFields: Readonly<Record<string, string>>;
}

export interface DomainName {
  readonly fingerprint: string;
  readonly domain: string;
}

export interface LeadToCheck {
  readonly leadId: string;
  readonly fingerprints: readonly string[];
}

export interface CheckedRelation {
  readonly leadId: string;
  readonly relation: Relation;
  readonly lastMessageAt?: Instant;
  readonly lastMessageFromLead: boolean;
  /** The person ever wrote to this identity, in or out of any campaign. */
  readonly answeredBefore?: boolean;
  /** An invitation was withdrawn lately, by hand too. */
  readonly reinviteLockedUntil?: Instant;
  /** Every name under which a connection was seen (F047). */
  readonly fingerprints?: readonly string[];
}

export interface RelationCheck {
  readonly identityId: string;
  readonly leads: readonly LeadToCheck[];
  /** What is taken for granted where nobody can look: the people of a messenger are connected (S2-01). */
  readonly assumeConnected: boolean;
}

/** How an identity and some leads stand to each other: asked of sync, outside any transaction (S2-16, S4-54). */
export abstract class Relations {
  abstract check(tenantId: string, wanted: RelationCheck): Promise<readonly CheckedRelation[]>;
}
