import type { PersonIds } from './outcome.js';
import { parseProfileUrl, personKey } from './profile-url.js';

/** One of the names LinkedIn has for a person. */
export interface PersonName {
  readonly kind: 'handle' | 'member' | 'id';
  readonly value: string;
}

/** Every name by which a listing or an answer shows a person, each once; services compare them keyed (F047). */
export function personNames(person: { ids: PersonIds; profileUrl?: string }): PersonName[] {
  const { numericId, memberId, handle } = person.ids;
  const byUrl = person.profileUrl === undefined ? [] : namesInUrl(person.profileUrl);
  const names: PersonName[] = [
    ...(numericId ? [{ kind: 'id', value: numericId } as const] : []),
    ...(memberId ? [{ kind: 'member', value: memberId } as const] : []),
    ...(handle ? [{ kind: 'handle', value: handle } as const] : []),
    ...byUrl,
  ];
  const distinct = new Map(names.map((name) => [`${name.kind}:${name.value}`, name]));
  return [...distinct.values()];
}

/** The name a profile URL gives; none for an address that is no person's. */
export function namesInUrl(profileUrl: string): PersonName[] {
  const url = parseProfileUrl(profileUrl);
  return url.kind === 'refused' ? [] : [personKey(url)];
}
