import { openMessageDb, writeSamples } from '../shared/message-db.js';
import type { Url } from '../shared/postgres.js';
import { connectionsMax, streamWalk, type Contestant } from './contestant.js';

export async function messageDb(url: Url): Promise<Contestant> {
  const pool = await openMessageDb(url, 'message_db', connectionsMax);
  return {
    name: 'message-db',
    newCaller(batch) {
      const next = streamWalk(batch);
      return () => writeSamples(pool, { ...next(), amount: batch });
    },
    close: () => pool.end(),
  };
}
