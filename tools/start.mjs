// `npm start`: everything on one machine with nothing but Node.js. Built-ins only until the installation is done.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from './lib/build.mjs';
import { writePrivate } from './lib/files.mjs';
import { removeInfra, startInfra } from './lib/infra.mjs';
import { installationOf } from './lib/installation.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { acquireLock } from './lib/lock.mjs';
import { main } from './lib/main.mjs';
import { step } from './lib/progress.mjs';
import { installationHome, repositoryRoot } from './lib/root.mjs';
import { loadSecrets } from './lib/secrets.mjs';
import { runDemo, startServices } from './lib/services.mjs';
import { Stopper } from './lib/stopper.mjs';

const help = `npm start -- [options]
  --no-demo     only start the product; time is real
  --csv FILE    play the demo with the leads of this file
  --fresh       forget all earlier data first
  --help        this text`;

await main(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const root = repositoryRoot();
  const home = installationHome(root);
  const stopper = new Stopper();
  try {
    await start({ options, root, home, stopper });
  } catch (error) {
    // What was under way when the end was asked for fails; that is no news.
    if (!stopper.signal.aborted) throw error;
  } finally {
    await stopper.stopAll();
  }
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      'no-demo': { type: 'boolean', default: false },
      csv: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function start({ options, root, home, stopper }) {
  const release = await acquireLock(join(home, 'start.lock'), { what: 'This checkout' });
  await stopper.add(release);
  rmSync(join(home, 'running.json'), { force: true });
  if (options.fresh) await forget(home);
  await installIfNeeded(root, stopper.signal);
  const projects = ['deploy/local', 'clients/demo'];
  await buildIfNeeded({ root, projects, signal: stopper.signal });
  const secrets = loadSecrets(home);
  const infra = await startInfra({ home, secrets });
  await stopper.add(infra.stop);
  const installation = await installationOf({ home, secrets, infra, virtual: !options['no-demo'] });
  writePrivate(join(home, 'running.json'), JSON.stringify(installation));
  const services = await step('Starting the services', () =>
    startServices({ root, home, installation, stopper }),
  );
  const { gateway } = services.urls;
  console.log(`\nOverture runs at ${gateway} (documentation: ${gateway}/docs). Ctrl-C stops it.`);
  console.log(`  key ${services.apiKey}\n  log ${services.log}\n`);
  if (!options['no-demo'])
    await runDemo({ root, installation, services, csv: options.csv, stopper });
  await stopper.untilStopped(services.ended);
}

async function forget(home) {
  await removeInfra(home);
  for (const name of ['logs', 'secrets.json', 'api-key', 'clock.json', 'ports.json', 'demo.json']) {
    rmSync(join(home, name), { recursive: true, force: true });
  }
}
