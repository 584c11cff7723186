import { dayMs, type Instant } from '@overture/kernel';
import type { Product } from './product.js';

/** A world in which nobody does anything unless a test says so. */
const quiet = {
  acceptShare: 0,
  noteReplyShare: 0,
  replyShare: 0,
  writesFirstShare: 0,
  connectedShare: 0,
  goneShare: 0,
  messagingDisabledShare: 0,
  renamedShare: 0,
};

export interface Account {
  readonly uid: string;
  readonly identityId: string;
}

export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly linkedinUrl: string;
}

/** Monday to Friday, nine to five, in Lisbon: the same for everybody, so that a test can tell the hour. */
export const officeHours = {
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
  fallbackZone: 'Europe/Lisbon',
};

/** Begins a quiet world whose webhooks reach the product. */
export async function openStage(
  { api, apiUrl, stage, time }: Product,
  seed: string,
): Promise<void> {
  await stage.post('world', { seed, startAt: await time.now(), knobs: quiet });
  const hook = await api.post<{ token: string; secretHeader: string; secret: string }>('hooks', {
    provider: 'edges',
  });
  const url = `${apiUrl}/hooks/edges/${hook.token}`;
  await stage.post('webhook', { url, headers: { [hook.secretHeader]: hook.secret } });
}

let accounts = 0;

/** A LinkedIn account that is logged in, there and here; its connections are there before it is first read. */
export async function addAccount(
  { api, stage }: Product,
  name: string,
  connections: readonly Person[] = [],
): Promise<Account> {
  const uid = `6f0c0000-0000-4000-8000-${String(++accounts).padStart(12, '0')}`;
  const timeZone = officeHours.fallbackZone;
  await stage.post('identities', { uid, name, timeZone });
  const people = connections.map(({ linkedinUrl: profileUrl }) => ({ profileUrl }));
  await stage.post('relations', { identityUid: uid, people });
  const identity = { name, provider: 'edges', accountRef: uid, timeZone };
  const { identityId } = await api.post<{ identityId: string }>('identities', identity);
  return { uid, identityId };
}

const firstNames = ['Ada', 'Bela', 'Chidi', 'Dora', 'Emre', 'Femi', 'Gaia', 'Hana', 'Ivo', 'Jun'];

/** People who never lived; `family` keeps those of one test apart from the others. */
export function peopleNamed(family: string, count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const firstName = firstNames[index % firstNames.length] as string;
    const handle = `${firstName}-${family}-${index + 1}`.toLowerCase();
    return { firstName, lastName: family, linkedinUrl: `https://www.linkedin.com/in/${handle}` };
  });
}

/** What these people will do. */
export async function accustom(
  { stage }: Product,
  people: readonly Person[],
  habits: object,
): Promise<void> {
  const list = people.map(({ linkedinUrl: profileUrl }) => ({ profileUrl, habits }));
  await stage.post('people', { people: list });
}

export interface CampaignToMake {
  readonly name: string;
  readonly type: 'messenger' | 'connector';
  readonly by: Account;
  readonly leads: readonly Person[];
  readonly steps?: readonly object[];
}

/** Three messages, a day apart; a connector visits and invites first. */
const messages = ['Hi {first_name}, shall we talk?', 'Still here, {first_name}.', 'Last note.'];
const messageSteps = messages.map((text, index) => ({
  kind: 'message',
  delayMs: index === 0 ? 0 : dayMs,
  text,
}));
const inviteSteps = [
  { kind: 'visit', delayMs: 0 },
  { kind: 'connect', delayMs: 0, text: 'Hi {first_name}, happy to connect.' },
];

/** A draft with its leads; gives back its id. */
export async function makeCampaign(
  { api }: Product,
  { name, type, by, leads, steps }: CampaignToMake,
): Promise<string> {
  const usual = type === 'messenger' ? messageSteps : [...inviteSteps, ...messageSteps];
  const sequence = { steps: steps ?? usual, acceptWithinDays: 7 };
  const { campaignId } = await api.post<{ campaignId: string }>('campaigns', {
    name,
    type,
    identityIds: [by.identityId],
    sequence,
    schedule: officeHours,
  });
  await api.post(`campaigns/${campaignId}/leads`, { leads });
  return campaignId;
}

export async function launch({ api }: Product, campaignId: string): Promise<void> {
  await api.post(`campaigns/${campaignId}/launch`);
}

/** The messages and invitations that went to these people, oldest first. */
export async function sentTo(
  { stage }: Product,
  people: readonly Person[],
): Promise<{ at: Instant; kind: string; text: string | null; person: string }[]> {
  const wanted = new Set(people.map(({ linkedinUrl }) => linkedinUrl));
  const kinds = new Set(['message', 'invite']);
  return (await stage.ledger())
    .filter(({ kind, profileUrl }) => kinds.has(kind) && wanted.has(profileUrl ?? ''))
    .map(({ at, kind, text, profileUrl }) => ({
      at: at as Instant,
      kind,
      text,
      person: profileUrl ?? '',
    }));
}
