import { createHash } from 'node:crypto';
import { seededBetween, seededFraction } from '@overture/kernel';
import type { Knobs } from './knobs.js';

/** Somebody a search finds, by the handle under which the world knows them. */
export interface Hit {
  readonly handle: string;
  /** LinkedIn shows no name and no address of whoever is too far away. */
  readonly hidden: boolean;
}

type World = { readonly seed: string; readonly knobs: Knobs };

// A prime, so that every stride meets everybody once.
const population = 49_999;
const firstNames =
  'Ada Boris Clara Dario Elif Farid Greta Hugo Ines Jonas Kira Leon Mina Noor Oskar Petra Quinn Rosa Sami Tilda'.split(
    ' ',
  );
const lastNames =
  'Almeida Berger Castro Dvorak Eriksen Fontaine Gruber Hansen Ivanov Jansen Kowalski Lindqvist Moreau Novak Okafor Petrov'.split(
    ' ',
  );
const roles =
  'Head of Sales|Chief Technology Officer|Product Manager|Founder|Marketing Lead|Data Engineer'.split(
    '|',
  );
const places = 'Berlin, Germany|Lisbon, Portugal|Kyiv, Ukraine|Austin, Texas|London, England'.split(
  '|',
);

/** Whom this search finds, best first: a pure function of the world's seed and of what is searched for. */
export function hitsOf({ seed, knobs }: World, criteria: string): Hit[] {
  const dice = `${seed}|search|${criteria}`;
  const count = seededBetween(`${dice}|count`, ...knobs.searchHits);
  const start = seededBetween(`${dice}|start`, 0, population - 1);
  const stride = seededBetween(`${dice}|stride`, 1, population - 1);
  return Array.from({ length: count }, (_, place) => {
    const handle = inhabitant(seed, (start + place * stride) % population);
    return { handle, hidden: seededFraction(`${dice}|${handle}`) < knobs.searchHiddenShare };
  });
}

/** What a person does for a living, and where. */
export function trades(seed: string, personKey: string): { role: string; place: string } {
  const pick = (what: string, from: readonly string[]): string =>
    from[seededBetween(`${seed}|${personKey}|${what}`, 0, from.length - 1)] ?? '';
  return { role: pick('role', roles), place: pick('place', places) };
}

// A word with a digit is no part of the name that is spelled from a handle.
function inhabitant(seed: string, number: number): string {
  const pick = (what: string, from: readonly string[]): string =>
    from[seededBetween(`${seed}|${number}|${what}`, 0, from.length - 1)] ?? '';
  const tail = createHash('sha256').update(`${seed}|${number}`).digest('hex').slice(0, 6);
  return `${pick('first', firstNames)}-${pick('last', lastNames)}-0${tail}`.toLowerCase();
}
