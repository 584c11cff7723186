import { minuteMs, plus, TransientError, type Instant } from '@overture/kernel';
import {
  ProviderRejection,
  type Conversation,
  type LinkedInProvider,
  type PersonIds,
  type SentInvitation,
} from '@overture/providers';
import type { EffectSearch, LookBack } from '../app/ports.js';
import { lookForComment } from './look-for-comment.js';
import { textHash } from './text-hash.js';

/** Keyed names of a person as a listing shows them. */
type NamesOf = (ids: PersonIds, profileUrl?: string) => readonly string[];

// Clocks differ between us and LinkedIn.
const clockToleranceMs = 2 * minuteMs;
const notFound: LookBack = { kind: 'not_found' };

/** Looks where the effect would show: the invitations sent, or the conversation (I10). */
export async function lookBack(
  provider: LinkedInProvider,
  search: EffectSearch,
  namesOf: NamesOf,
): Promise<LookBack> {
  try {
    switch (search.attempt.kind) {
      case 'message':
      case 'inmail':
        return await lookForMessage(provider, search, namesOf);
      case 'connect':
        return await lookForInvitation(provider, search, namesOf);
      case 'withdraw':
        return await lookForWithdrawal(provider, search, namesOf);
      case 'comment':
        return await lookForComment(provider, search);
      case 'visit':
        return { kind: 'blind', detail: 'A visit leaves nothing to read back.' };
    }
  } catch (error) {
    if (error instanceof ProviderRejection) return { kind: 'blind', detail: error.label };
    if (error instanceof TransientError) return { kind: 'blind', detail: error.message };
    throw error;
  }
}

/** The open invitation to a person, if there is one. */
export async function findInvitation(
  provider: LinkedInProvider,
  accountRef: string,
  isPerson: (ids: PersonIds, profileUrl?: string) => boolean,
): Promise<SentInvitation | undefined> {
  for await (const page of provider.sentInvitations({ accountRef })) {
    const found = page.find(({ person }) => isPerson(person.ids, person.profileUrl));
    if (found) return found;
  }
  return undefined;
}

async function lookForMessage(
  provider: LinkedInProvider,
  search: EffectSearch,
  namesOf: NamesOf,
): Promise<LookBack> {
  const thread = search.thread || (await findThread(provider, search, namesOf));
  if (!thread) return notFound;
  const from = plus(search.since, -clockToleranceMs);
  for await (const page of provider.messages({ accountRef: search.accountRef, thread })) {
    const found = page.find(
      ({ text, at }) => at && at >= from && textHash(text) === search.textSha256,
    );
    if (found?.at) return { kind: 'found', effectAt: found.at };
    if (isOlderThan(page.at(-1)?.at, from)) break;
  }
  return notFound;
}

async function findThread(
  provider: LinkedInProvider,
  { accountRef, person }: EffectSearch,
  namesOf: NamesOf,
): Promise<string | undefined> {
  const withPerson = ({ participants }: Conversation): boolean =>
    participants.some(({ ids, profileUrl }) => namesOf(ids, profileUrl).includes(person));
  for await (const page of provider.conversations({ accountRef })) {
    const found = page.find(withPerson);
    if (found) return found.threadUrl ?? found.threadId;
  }
  return undefined;
}

async function lookForInvitation(
  provider: LinkedInProvider,
  { accountRef, person, since }: EffectSearch,
  namesOf: NamesOf,
): Promise<LookBack> {
  const isPerson = (ids: PersonIds, url?: string): boolean => namesOf(ids, url).includes(person);
  const invitation = await findInvitation(provider, accountRef, isPerson);
  if (invitation) return { kind: 'found', effectAt: invitation.sentAt ?? since };
  // Accepted already: then it is no longer among the invitations.
  for await (const page of provider.connections({ accountRef })) {
    const found = page.find((each) => isPerson(each.person.ids, each.person.profileUrl));
    if (found) return { kind: 'found', effectAt: found.connectedAt ?? since };
    if (isOlderThan(page.at(-1)?.connectedAt, plus(since, -clockToleranceMs))) break;
  }
  return notFound;
}

async function lookForWithdrawal(
  provider: LinkedInProvider,
  { accountRef, person, since }: EffectSearch,
  namesOf: NamesOf,
): Promise<LookBack> {
  const open = await findInvitation(provider, accountRef, (ids, url) =>
    namesOf(ids, url).includes(person),
  );
  return open ? notFound : { kind: 'found', effectAt: since };
}

function isOlderThan(at: Instant | undefined, bound: Instant): boolean {
  return at !== undefined && at < bound;
}
