import { emmettStore, expectedAt } from '../shared/emmett.js';
import { peerPool, type Url } from '../shared/postgres.js';
import { event } from '../shared/sample-event.js';
import { connectionsMax, streamWalk, type Contestant } from './contestant.js';

export async function emmett(url: Url): Promise<Contestant> {
  const pool = peerPool(url('emmett'), connectionsMax);
  const store = await emmettStore(url, 'emmett', pool);
  return {
    name: 'Emmett',
    newCaller(batch) {
      const next = streamWalk(batch);
      const events = Array.from({ length: batch }, () => event);
      return async () => {
        const { streamId, version } = next();
        const expectedStreamVersion = expectedAt(version);
        await store.appendToStream(streamId, events, { expectedStreamVersion });
      };
    },
    async close() {
      await store.close();
      await pool.end();
    },
  };
}
