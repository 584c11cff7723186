import { createHash } from 'node:crypto';
import { daysOffOf, regionOfZone } from '@overture/calendar';
import type { LedgerEntry } from '@overture/demo';
import { contentOf } from '@overture/domain-campaign';
import { minuteMs, type Instant } from '@overture/kernel';
import { defaultLimits, zoneFor, type Schedule } from '@overture/policy';
import {
  pairOf,
  type Delivery,
  type Happening,
  type History,
  type HistoryEvent,
  type Log,
} from '@overture/promises';
import type { Product } from './product.js';

export interface LeadView {
  readonly leadId: string;
  readonly linkedinUrl: string;
  readonly timeZone?: string;
  readonly enrollments: readonly EnrollmentView[];
}

export interface EnrollmentView {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly status: string;
  readonly reason?: string;
  readonly nextActionAt?: Instant;
}

interface EventView extends HistoryEvent {
  readonly enrollmentId: string;
}

/** The catalogue of webhooks, by the facts behind them; an endpoint without a filter gets all of them. */
const partnerTypes = new Set(
  `LeadEnrolled InvitationAccepted ReplyReceived EnrollmentPaused EnrollmentResumed EnrollmentHalted
  EnrollmentCompleted EnrollmentStopped EnrollmentFailed EnrollmentSkipped EnrollmentExpired EnrollmentWithdrawn
  ActionSucceeded ActionRejected`.split(/\s+/),
);
const kinds: Readonly<Record<string, Happening['kind']>> = {
  visit: 'visit',
  invite: 'connect',
  message: 'message',
  withdraw: 'withdraw',
  inmail: 'inmail',
  comment: 'comment',
  accept: 'accept',
  reply: 'reply',
};

/** Gathers over HTTP everything the promises are held against; without deliveries there was no partner. */
export async function gather(product: Product, deliveries?: readonly Delivery[]): Promise<Log> {
  const happenings = (await product.stage.ledger()).flatMap(happeningOf);
  return {
    happenings,
    histories: await historiesOf(product),
    deliveries: deliveries ?? [],
    connectedBefore: await connectedBefore(product, happenings),
    rules: {
      limits: defaultLimits,
      syncAgeMsMax: 5 * minuteMs,
      partnerTypes: deliveries === undefined ? new Set() : partnerTypes,
    },
  };
}

export function allLeads({ api }: Product): Promise<LeadView[]> {
  return allOf<LeadView>(api, 'leads', 'leads');
}

export function eventsOf({ api }: Product, leadId: string): Promise<EventView[]> {
  return allOf<EventView>(api, `leads/${leadId}/events`, 'events');
}

/** Every item of a paged resource. */
export async function allOf<T>(api: Product['api'], path: string, field: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor = ''; ;) {
    const separator = path.includes('?') ? '&' : '?';
    const query = `limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await api.get<Record<string, unknown>>(`${path}${separator}${query}`);
    items.push(...((page[field] ?? []) as T[]));
    cursor = String((page['nextCursor'] as string | undefined) ?? '');
    if (cursor === '') return items;
  }
}

async function historiesOf(product: Product): Promise<History[]> {
  const schedules = await schedulesOf(product);
  const histories: History[] = [];
  for (const lead of await allLeads(product)) {
    const events = await eventsOf(product, lead.leadId);
    for (const {
      enrollmentId,
      campaignId,
      status,
      reason = '',
      nextActionAt,
    } of lead.enrollments) {
      histories.push({
        enrollmentId,
        status,
        reason,
        zone: lead.timeZone ?? '',
        ...calendarOf(lead, schedules.get(campaignId) as Schedule, events),
        events: events.filter((event) => event.enrollmentId === enrollmentId),
        ...(nextActionAt && { nextActionAt }),
      });
    }
  }
  return histories;
}

/** Hours, and the public holidays of the place the product takes the lead to be in. */
function calendarOf(
  { timeZone = '' }: LeadView,
  schedule: Schedule,
  events: readonly EventView[],
): Pick<History, 'schedule' | 'daysOff'> {
  const region = regionOfZone(zoneFor(timeZone, schedule));
  const year = Number(events[0]?.at.slice(0, 4));
  if (schedule.holidays === 'work' || region === undefined) return { schedule };
  return { schedule, daysOff: daysOffOf(region, year) };
}

async function schedulesOf({ api }: Product): Promise<Map<string, Schedule>> {
  const campaigns = await allOf<{ campaignId: string; schedule: Partial<Schedule> }>(
    api,
    'campaigns',
    'campaigns',
  );
  return new Map(
    campaigns.map(({ campaignId, schedule }) => {
      const { windows = [], fallbackZone = '', daysOff = [], holidays = 'skip' } = schedule;
      return [campaignId, { windows, fallbackZone, daysOff, holidays }];
    }),
  );
}

function happeningOf(entry: LedgerEntry): Happening[] {
  const { at, identityUid, personKey, text, attemptId } = entry;
  const textHash = hashOf(entry);
  const kind = kinds[entry.kind];
  if (kind === undefined || identityUid === null || personKey === null) return [];
  return [
    {
      at: at as Instant,
      kind,
      account: identityUid,
      person: personKey,
      ...(text !== null && { text }),
      ...(textHash !== null && { textSha256: textHash }),
      ...(attemptId !== null && { actionId: attemptId.slice(0, attemptId.lastIndexOf('.')) }),
    },
  ];
}

/** As an intent counts it: together with the subject of an InMail. */
function hashOf({ text, textHash, details }: LedgerEntry): string | null {
  const subject = details?.['subject'];
  if (text === null || typeof subject !== 'string') return textHash;
  const content = contentOf({ text, subject, postUrl: '' });
  return createHash('sha256').update(content).digest('hex');
}

interface Known {
  readonly relations: readonly { readonly identity_uid: string; readonly state: string }[];
}

/** Whoever is connected without ever having accepted was so from the beginning. */
async function connectedBefore(
  { stage }: Product,
  happenings: readonly Happening[],
): Promise<Set<string>> {
  const accepted = new Set(happenings.filter(({ kind }) => kind === 'accept').map(pairOf));
  const before = new Set<string>();
  for (const person of new Set(happenings.map((each) => each.person))) {
    const { relations } = await stage.get<Known>(`people/${encodeURIComponent(person)}`);
    for (const { identity_uid: account, state } of relations) {
      const pair = pairOf({ account, person });
      if (state === 'connected' && !accepted.has(pair)) before.add(pair);
    }
  }
  return before;
}
