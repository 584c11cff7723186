import { plus, type Clock, type Instant } from '@overture/kernel';
import { Profiles, type ProfileAnswer, type SeenPerson } from '../src/app/enrichments.js';
import { found } from './listed-people.js';

/** Profiles by the address they are asked for at; whoever is not here cannot be opened. */
export class ListedProfiles extends Profiles {
  readonly shown = new Map<string, SeenPerson>();
  /** What comes instead of the next profiles. */
  readonly instead: (ProfileAnswer | Error)[] = [];
  /** The addresses that were asked for. */
  readonly asked: string[] = [];
  /** Runs while somebody is asked, outside of any transaction. */
  meanwhile: (() => Promise<unknown>) | undefined;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    super();
  }

  override async read(_: string, { profileUrl }: { profileUrl: string }): Promise<ProfileAnswer> {
    this.asked.push(profileUrl);
    await this.meanwhile?.();
    const answer = this.instead.shift();
    if (answer instanceof Error) throw answer;
    if (answer !== undefined) return answer;
    const person = this.shown.get(profileUrl);
    if (person === undefined) return { outcome: 'refused', cause: 'not_accessible' };
    return { outcome: 'read', person, nextAt: plus(this.clock.now(), 30_000) };
  }

  /** Twenty seconds for each. */
  override async earliestEnd(_: string, { reads }: { reads: number }): Promise<Instant> {
    return plus(this.clock.now(), 20_000 * reads);
  }
}

export function seen(name: string, more: Partial<SeenPerson> = {}): SeenPerson {
  return { ...found(name), memberId: '', ...more };
}
