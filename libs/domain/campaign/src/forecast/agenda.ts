import type { Instant } from '@overture/kernel';
import type { Actor } from './actor.js';
import { Heap } from './heap.js';

export type Happening =
  | { readonly at: Instant; readonly what: 'visit'; readonly of: string }
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

/** What happens when. At the same instant: what comes from people and deadlines first, then sends; else as it came. */
export class Agenda {
  private readonly entries = new Heap<Entry>(isBefore);
  private number = 0;

  add(happening: Happening): void {
    this.entries.push({ happening, number: this.number++ });
  }

  visit({ visitAt, identityId }: Actor): void {
    if (visitAt !== undefined) this.add({ at: visitAt, what: 'visit', of: identityId });
  }

  next(): Happening | undefined {
    return this.entries.pop()?.happening;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  const [one, other] = [a.happening, b.happening];
  if (one.at !== other.at) return one.at < other.at;
  const [first, second] = [one.what === 'visit', other.what === 'visit'];
  return first === second ? a.number < b.number : second;
}
