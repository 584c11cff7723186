import type { Instant } from '@overture/kernel';
import type { Actor } from './actor.js';
import { Heap } from './heap.js';

export type Happening =
  | {
      readonly at: Instant;
      readonly what: 'visit';
      readonly of: string;
      /** How often that identity was looked at at this instant before. */
      readonly round: number;
    }
  | {
      readonly at: Instant;
      readonly what: 'deadline' | 'accept' | 'reply' | 'approve';
      readonly of: string;
      /** What it is about: an action, the deadline as it was set, or when the lead accepted. */
      readonly token: string;
    };

interface Entry {
  readonly happening: Happening;
  readonly number: number;
}

/** What happens when. At the same instant: what comes from people and deadlines as it came, then sends. */
export class Agenda {
  private readonly entries = new Heap<Entry>(isBefore);
  private number = 0;

  add(happening: Happening): void {
    this.entries.push({ happening, number: this.number++ });
  }

  visit(actor: Actor): void {
    const { visitAt: at, identityId: of } = actor;
    if (at !== undefined) this.add({ at, what: 'visit', of, round: actor.roundAt(at) });
  }

  next(): Happening | undefined {
    return this.entries.pop()?.happening;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  const [one, other] = [a.happening, b.happening];
  if (one.at !== other.at) return one.at < other.at;
  if (one.what === 'visit' && other.what === 'visit') return isVisitedBefore(one, other);
  const [first, second] = [one.what === 'visit', other.what === 'visit'];
  return first === second ? a.number < b.number : second;
}

// As identities that are due together are decided on together: each once, by their ids, then those to look at again.
function isVisitedBefore(
  one: { readonly round: number; readonly of: string },
  other: { readonly round: number; readonly of: string },
): boolean {
  return one.round === other.round ? one.of < other.of : one.round < other.round;
}
