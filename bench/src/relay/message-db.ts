import { randomUUID } from 'node:crypto';
import { fillStreams } from '../shared/callers.js';
import { openMessageDb, writeSamples } from '../shared/message-db.js';
import { filling, readAhead, type Maker } from './contestant.js';
import { peerStream } from './peer-stream.js';

const database = 'message_db';
const getCategory = {
  name: 'get-category',
  text: `select * from get_category_messages($1, $2, ${readAhead})`,
};
const writePosition = {
  name: 'write-position',
  text: `select write_message($1, $2, 'Positioned', $3::jsonb)`,
};

export const messageDb: Maker = async (url, nats) => {
  const pool = await openMessageDb(url, database, 8);
  const stream = await peerStream(nats, database);
  let position = 1;
  const poll = async () => {
    const { rows } = await pool.query({ ...getCategory, values: ['enrollment', position] });
    const messages = rows.map(({ id, data, stream_name }) => {
      return { id, body: String(data), subject: stream_name };
    });
    await stream.publishAll(messages);
    position = Number(rows.at(-1)?.global_position ?? position - 1) + 1;
    // Its consumers keep their position as a message of a stream of their own.
    const kept = ['enrollment:position-relay', JSON.stringify({ position })];
    await pool.query({ ...writePosition, values: [randomUUID(), ...kept] });
    return rows.length;
  };
  return {
    name: 'message-db, category polling',
    fill: (amount) =>
      fillStreams({ amount, ...filling }, (streamId, events) =>
        writeSamples(pool, { streamId, version: 0, amount: events.length }),
      ),
    async drain(amount) {
      for (let done = 0; done < amount;) done += await poll();
    },
    async close() {
      await pool.end();
      await stream.close();
    },
  };
};
