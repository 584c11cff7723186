import { randomUUID } from 'node:crypto';
import { Database } from '@overture/event-store';
import { dayMs, instant, plus, type Instant } from '@overture/kernel';
import type { SequenceDraft } from '@overture/domain-campaign';
import { defaultLimits } from '@overture/policy';
import { standaloneVirtualClock, type VirtualClock } from '@overture/service-kit';
import { afterTests, freshDatabase, withClient } from '@overture/testing';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import type { NewLead } from '../src/app/lead-details.js';
import { fanOut } from '../src/app/fan-out.js';
import { finishCampaigns, passDeadlines, startWaiting } from '../src/app/loops.js';
import { Outlooks } from '../src/app/outlooks.js';
import {
  Relations,
  type CheckedRelation,
  type RelationCheck,
  type Ports,
} from '../src/app/ports.js';
import { commitImports } from '../src/app/run-import.js';
import type { Caller, Scope } from '../src/app/scope.js';
import { stopColleagues } from '../src/app/stop-colleagues.js';
import { stopListed } from '../src/app/stop-listed.js';
import { makePorts } from '../src/campaign.module.js';
import { ListedPeople } from './listed-people.js';
import { ListedProfiles } from './listed-profiles.js';

/** A Monday, ten in the morning. */
export const monday = instant('2026-03-02T10:00:00Z');

/** Relations as a table: everybody is what the test says they are. */
export class ToldRelations extends Relations {
  /** Names of people who are not connected; everybody else is. */
  readonly strangers = new Set<string>();
  readonly fromLead = new Set<string>();
  readonly lastTalks = new Map<string, Instant>();
  /** By a name of theirs: all names under which a connection is seen. */
  readonly namesSeen = new Map<string, readonly string[]>();
  /** Who ever wrote, and who may not be invited again before. */
  readonly answered = new Set<string>();
  readonly locked = new Map<string, Instant>();
  away: Error | undefined;
  asked = 0;

  override check(_tenantId: string, { leads }: RelationCheck) {
    this.asked++;
    if (this.away) return Promise.reject(this.away);
    return Promise.resolve(
      leads.map(({ leadId, fingerprints }): CheckedRelation => {
        const stranger = fingerprints.some((name) => this.strangers.has(name));
        const spoke = fingerprints.some((name) => this.fromLead.has(name));
        const relation = stranger ? 'not_connected' : 'first_degree';
        const talk = fingerprints.map((name) => this.lastTalks.get(name)).find(Boolean);
        const last = talk && { lastMessageAt: talk };
        const lock = fingerprints.map((name) => this.locked.get(name)).find(Boolean);
        return {
          leadId,
          relation,
          ...last,
          lastMessageFromLead: spoke,
          fingerprints: fingerprints.flatMap((name) => this.namesSeen.get(name) ?? []),
          answeredBefore: fingerprints.some((name) => this.answered.has(name)),
          ...(lock && { reinviteLockedUntil: lock }),
        };
      }),
    );
  }
}

/** Identities that have done nothing yet. */
class FreshOutlooks extends Outlooks {
  override of(_tenantId: string, identityIds: readonly string[]) {
    return Promise.resolve(
      identityIds.map((identityId) => ({
        identityId,
        zone: 'Europe/Lisbon',
        gate: { open: true },
        limits: { profile: defaultLimits },
        uses: [],
        holds: [],
      })),
    );
  }

  override contacts() {
    return Promise.resolve([]);
  }
}

export interface World {
  readonly ports: Ports;
  readonly clock: VirtualClock;
  readonly caller: Caller;
  readonly relations: ToldRelations;
  readonly search: ListedPeople;
  readonly profiles: ListedProfiles;
  /** Runs a statement as the owner of the schema, who may do what the service may not. */
  readonly asOwner: (sql: string) => Promise<void>;
}

/** The service's use cases on a PostgreSQL of their own, without Nest and NATS. */
export async function startWorld(): Promise<World> {
  const { services } = await freshDatabase(['campaign']);
  const clock = standaloneVirtualClock(monday);
  const database = new Database({
    url: services['campaign']!.databaseUrl,
    schema: 'campaign',
    applicationName: 'test',
    clock,
    max: 12,
  });
  afterTests(() => database.close());
  const relations = new ToldRelations();
  const search = new ListedPeople(clock);
  const profiles = new ListedProfiles(clock);
  const config = {
    SEAL_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    FINGERPRINT_KEY: 'test fingerprint key',
    CAMPAIGN_SYNC_AGE_MS: 120_000,
  };
  const ports = makePorts(
    { database, clock, config: config as never },
    { relations, search, profiles, outlooks: new FreshOutlooks() },
  );
  const asOwner = (sql: string) => ownerRuns(services['campaign']!.migrationsUrl, sql);
  return { ports, clock, relations, search, profiles, asOwner, caller: newCaller() };
}

async function ownerRuns(ownerUrl: string, sql: string): Promise<void> {
  await withClient(ownerUrl, (owner) => owner.query(sql));
}

export function newCaller(): Caller {
  return { tenantId: randomUUID(), meta: { actor: 'test' } };
}

/** The same world seen by another workspace. */
export function otherWorkspace(world: World): World {
  return { ...world, caller: newCaller() };
}

/** Another workspace, on Monday morning. */
export function onMonday(world: World): World {
  const other = otherWorkspace(world);
  other.clock.set({ mode: 'virtual', now: monday });
  return other;
}

/** The same, where campaigns may work the same people. */
export async function sharingPeople(world: World): Promise<World> {
  const other = onMonday(world);
  const rules = { exclusive: false };
  await setLeadRules(other.ports, other.caller, { campaignId: '', expectedVersion: 0, rules });
  return other;
}

export function inScope<T>({ ports, caller }: World, work: (scope: Scope) => Promise<T>) {
  return ports.database.tenant(caller.tenantId, (tx) => work({ ...caller, tx }));
}

export const threeMessages: SequenceDraft = {
  steps: [
    { kind: 'message', delayMs: 0, text: 'Hello {first_name}' },
    { kind: 'message', delayMs: 3 * dayMs, text: 'Are you there, {first_name}?' },
    { kind: 'message', delayMs: 5 * dayMs, text: 'One last word from {company_name|us}' },
  ],
};

export const visitInviteWrite: SequenceDraft = {
  steps: [
    { kind: 'visit', delayMs: 0, text: '' },
    { kind: 'connect', delayMs: 0, text: 'Hi {first_name}' },
    { kind: 'message', delayMs: 0, text: 'Thanks for connecting, {first_name}' },
    { kind: 'message', delayMs: 3 * dayMs, text: 'Still there?' },
  ],
  acceptWithinDays: 21,
};

export async function newCampaign(
  { ports, caller }: World,
  {
    type = 'messenger',
    identityIds = ['identity-1'],
  }: { type?: 'messenger' | 'connector'; identityIds?: readonly string[] } = {},
): Promise<string> {
  const sequence = type === 'messenger' ? threeMessages : visitInviteWrite;
  const wanted = { name: 'Spring', type, identityIds, sequence };
  return (await createCampaign(ports, caller, wanted)).campaignId;
}

export function person(name: string, more: Partial<NewLead> = {}): NewLead {
  return {
    firstName: name,
    lastName: 'Vale',
    linkedinUrl: `https://www.linkedin.com/in/${name.toLowerCase()}-vale`,
    companyName: 'Vale & Co',
    title: '',
    email: '',
    timeZone: '',
    customFields: {},
    pickedSource: '',
    pickedBecause: '',
    companyWebsite: '',
    ...more,
  };
}

export function people(count: number, prefix = 'person'): NewLead[] {
  return Array.from({ length: count }, (_, index) => person(`${prefix}${index}`));
}

export function fingerprintOf({ ports, caller }: World, lead: NewLead): string {
  const name = ports.names.read(caller.tenantId, lead.linkedinUrl);
  return 'fingerprint' in name ? name.fingerprint : '';
}

/** A launched campaign with these people in it; gives their lead ids. */
export async function launched(
  world: World,
  leads: readonly NewLead[],
  options: Parameters<typeof newCampaign>[1] = {},
): Promise<{ campaignId: string; leadIds: string[] }> {
  const { ports, caller } = world;
  const campaignId = await newCampaign(world, options);
  const added = await addLeads(ports, caller, { campaignId, leads });
  await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
  return { campaignId, leadIds: added.map(({ leadId }) => leadId) };
}

/** Does what the service's loops would do, until nothing is due. */
export async function settle({ ports }: World): Promise<void> {
  await startWaiting(ports);
  while (await fanOut(ports));
  while (await commitImports(ports));
  while (await stopListed(ports));
  while (await stopColleagues(ports));
  await passDeadlines(ports);
  await finishCampaigns(ports);
}

export function later({ clock }: World, ms: number): Instant {
  clock.set({ mode: 'virtual', now: plus(clock.now(), ms) });
  return clock.now();
}

/** The same with some parts replaced, as a crash or a fault would have it. */
export function replaced<T extends object>(whole: T, parts: Partial<T>): T {
  return Object.assign(Object.create(whole) as T, parts);
}
