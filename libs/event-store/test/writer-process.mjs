// A writer in a process of its own, so that a test can kill it at any moment: runs the appends it is told to run.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const client = new pg.Client({
  connectionString: process.env.WRITER_URL,
  options: process.env.WRITER_OPTIONS,
  application_name: 'p2-writer',
});
// A terminated connection shows in the query that was running, or in the next one.
client.on('error', () => undefined);
await client.connect();
process.send('ready');

process.on('message', async ({ statement, pauseMs, end }) => {
  let outcome = 'unknown';
  try {
    await client.query('begin');
    const { rows } = await client.query(statement);
    await sleep(pauseMs);
    const { command } = await client.query(end);
    outcome =
      command === 'COMMIT' && rows.every(({ appended }) => appended) ? 'appended' : 'undone';
  } catch {
    process.send(outcome, () => process.exit(1));
    return;
  }
  process.send(outcome);
});
