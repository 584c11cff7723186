import { randomUUID } from 'node:crypto';
import { peerPool, type Url } from '../shared/postgres.js';
import { event, tenantId } from '../shared/sample-event.js';
import { serviceSchema } from '../shared/service-schema.js';
import { connectionsMax, streamWalk, type Contestant } from './contestant.js';
import { CopyRows } from './copy-rows.js';

/** The limit: rows into the same table and indexes with COPY, versions and positions made up by the caller. */
export async function copy(url: Url): Promise<Contestant> {
  const database = 'copy_limit';
  await serviceSchema(url, { database, schema: 'campaign', sets: ['event-store'] });
  const pool = peerPool(url(database), connectionsMax);
  const { type, data } = event;
  const rest = [type, 1, JSON.stringify(data), '{}', '2026-03-04T09:15:00.000Z'].join('\t');
  let position = 0;
  return {
    name: 'limit: COPY, no checks',
    newCaller(batch) {
      const next = streamWalk(batch);
      const rowsOf = ({ streamId, version }: ReturnType<typeof next>) =>
        Array.from({ length: batch }, (_, index) => {
          const place = [version + index + 1, 0, ++position].join('\t');
          return `${tenantId}\t${streamId}\t${place}\t${randomUUID()}\t${rest}\n`;
        });
      return async () => {
        const client = await pool.connect();
        const rows = rowsOf(next()).join('');
        await new CopyRows('copy campaign.events from stdin', rows).runOn(client);
        client.release();
      };
    },
    close: () => pool.end(),
  };
}
