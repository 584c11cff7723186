import { plus, type Clock } from '@overture/kernel';
import { PeopleSearch, type FoundPerson, type SearchAnswer } from '../src/app/searches.js';

type PageWanted = Parameters<PeopleSearch['page']>[1];

/** A people search as a list, in pages of three that repeat the last of the page before. */
export class ListedPeople extends PeopleSearch {
  found: readonly FoundPerson[] = [];
  who = { provider: 'edges', tier: 'classic' };
  /** What comes instead of the next pages. */
  readonly instead: (SearchAnswer | Error)[] = [];
  /** The cursors that were asked for, empty text for the first page. */
  readonly asked: string[] = [];

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    super();
  }

  override identity(_tenantId: string, identityId: string) {
    return Promise.resolve(identityId === 'nobody' ? undefined : this.who);
  }

  override page(_tenantId: string, { cursor }: PageWanted): Promise<SearchAnswer> {
    this.asked.push(cursor);
    const answer = this.instead.shift();
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(answer ?? this.listed(Number(cursor || 0)));
  }

  private listed(from: number): SearchAnswer {
    const until = from + 3;
    const nextCursor = until < this.found.length ? String(until - 1) : '';
    const people = this.found.slice(from, until);
    return { outcome: 'read', people, nextCursor, nextAt: plus(this.clock.now(), 30_000) };
  }
}

export function found(name: string, more: Partial<FoundPerson> = {}): FoundPerson {
  return {
    fullName: `${name} Maria Vale`,
    firstName: '',
    lastName: '',
    headline: 'Sells things',
    jobTitle: 'Head of Sales',
    companyName: 'Vale & Co',
    location: 'Lisbon',
    connectionDegree: '2nd',
    linkedinUrl: `https://www.linkedin.com/in/${name.toLowerCase()}-vale`,
    fingerprints: [`name of ${name}`],
    ...more,
  };
}
