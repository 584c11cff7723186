// `npm run service NAME`: one service in a process of its own. With NAME_DATABASE_URL set it takes its environment as
// it is; else it joins the installation that runs here, or brings its own PostgreSQL and NATS.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './lib/build.mjs';
import { readJson, writePrivate } from './lib/files.mjs';
import { startInfra } from './lib/infra.mjs';
import { installationOf } from './lib/installation.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { tryLock } from './lib/lock.mjs';
import { main } from './lib/main.mjs';
import { natsData } from './lib/nats-config.mjs';
import { freePort } from './lib/ports.mjs';
import { installationHome, repositoryRoot } from './lib/root.mjs';
import { loadSecrets } from './lib/secrets.mjs';
import { runService } from './lib/services.mjs';
import { Stopper } from './lib/stopper.mjs';

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const known = Object.keys(natsData().services);
  if (!known.includes(name)) {
    console.error(`npm run service NAME [-- --help]; NAME is one of ${known.join(', ')}.`);
    return 2;
  }
  const stopper = new Stopper();
  try {
    const root = repositoryRoot();
    await installIfNeeded(root, stopper.signal);
    await buildIfNeeded({ root, projects: ['deploy/local'], signal: stopper.signal });
    const installation = await installationFor(name, args, { root, stopper });
    return await runService({ root, name, args, installation, stopper });
  } finally {
    await stopper.stopAll();
  }
});

async function installationFor(name, args, { root, stopper }) {
  if (process.env[`${name.toUpperCase()}_DATABASE_URL`] || args.includes('--help'))
    return undefined;
  const home = installationHome(root);
  const { release, owner } = tryLock(join(home, 'start.lock'));
  if (release) await stopper.add(release);
  else console.log(`Joining the installation that process ${owner} runs here.`);
  const running = release ? await ownInstallation(home, stopper) : joinable(home);
  return { ...running, ports: { ...running.ports, [name]: await freePort(running.ports[name]) } };
}

async function ownInstallation(home, stopper) {
  rmSync(join(home, 'running.json'), { force: true });
  const secrets = loadSecrets(home);
  const infra = await startInfra({ home, secrets });
  await stopper.add(infra.stop);
  const installation = await installationOf({ home, secrets, infra, virtual: false });
  writePrivate(join(home, 'running.json'), JSON.stringify(installation));
  return installation;
}

function joinable(home) {
  const installation = readJson(join(home, 'running.json'));
  if (installation) return installation;
  throw new Error('The installation that runs here is still starting; try again in a moment.');
}
