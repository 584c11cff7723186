import { LiveFeed, type FeedPage } from './live-feed.js';

interface Told {
  readonly eventId: string;
}

/** Pages of two, as the webhook service gives them: a cursor is a position, `latest` the end. */
class Log {
  readonly events: Told[] = [];
  readings = 0;

  add(...ids: string[]): void {
    this.events.push(...ids.map((eventId) => ({ eventId })));
  }

  read = (_: string, cursor: string): Promise<FeedPage<Told>> => {
    this.readings++;
    const from = cursor === 'latest' ? this.events.length : Number(cursor);
    const events = this.events.slice(from, from + 2);
    return Promise.resolve({ events, nextCursor: String(from + events.length) });
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('A live feed', () => {
  it('tells all watchers what happens from now on, with one reading for all', async () => {
    const log = new Log();
    log.add('old');
    const feed = new LiveFeed(log.read, 5);
    const heard: string[][] = [[], []];
    const ends = heard.map((ids) => feed.watch('w', ({ event }) => ids.push(event.eventId)));
    await until(() => log.readings > 0);
    log.add('a', 'b', 'c');
    await until(() => heard.every((ids) => ids.length === 3));
    expect(heard).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    ends.forEach((end) => end());
    const readings = log.readings;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(log.readings).toBeLessThanOrEqual(readings + 1);
  });

  it('goes on exactly after what was seen last', async () => {
    const log = new Log();
    const feed = new LiveFeed(log.read, 1);
    const seen: string[] = [];
    const end = feed.watch('w', ({ resumeFrom }) => seen.push(resumeFrom));
    await until(() => log.readings > 0);
    log.add('a', 'b', 'c', 'd', 'e');
    await until(() => seen.length === 5);
    end();
    for (const [index, resumeFrom] of seen.entries()) {
      const after: string[] = [];
      for await (const { event } of feed.since('w', resumeFrom)) after.push(event.eventId);
      expect(after).toEqual(['a', 'b', 'c', 'd', 'e'].slice(index + 1));
    }
  });
});
