// PostgreSQL and NATS for single tests by hand: runs until Ctrl-C and leaves their addresses in .overture/dev.json.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './lib/files.mjs';
import { startNats } from './lib/nats.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { step } from './lib/progress.mjs';
import { repositoryRoot } from './lib/root.mjs';

const home = join(repositoryRoot(import.meta.dirname), '.overture');
const file = join(home, 'dev.json');
const postgres = await step('PostgreSQL', () =>
  startPostgres({ directory: join(home, 'dev/postgres') }),
);
const nats = await step('NATS', () => startNats({ directory: join(home, 'dev/nats') }));
const addresses = { postgresUrl: postgres.url(), postgresPid: postgres.pid, natsUrl: nats.url };
writePrivate(file, `${JSON.stringify(addresses, null, 2)}\n`);
console.log(`${JSON.stringify(addresses, null, 2)}\nAlso in ${file}. Ctrl-C stops both.`);

const keepAlive = setInterval(() => {}, 60_000);
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop());

async function stop() {
  if (stopping) return;
  stopping = true;
  rmSync(file, { force: true });
  await Promise.all([nats.stop(), postgres.stop()]);
  clearInterval(keepAlive);
}
