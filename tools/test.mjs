// `npm test`: every level against real servers that live as long as the run.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from './lib/build.mjs';
import { startPostgresContainer } from './lib/containers.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { levels, runLevel } from './lib/levels.mjs';
import { main } from './lib/main.mjs';
import { findNatsServer } from './lib/nats-binary.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { step } from './lib/progress.mjs';
import { repositoryRoot } from './lib/root.mjs';
import { Stopper } from './lib/stopper.mjs';
import { sweepTemporary, temporaryFolder } from './lib/temporary.mjs';

const help = `npm test -- [options]
  --level unit|int|e2e       only this level (may be repeated)
  --only PATH                only test files below this path (may be repeated)
  --help                     this text`;

await main(async () => {
  const { values: options } = parseArgs({
    options: {
      level: { type: 'string', multiple: true, default: levels },
      only: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean' },
    },
  });
  const unknown = options.level.find((level) => !levels.includes(level));
  if (options.help || unknown) {
    console.log(unknown ? `There is no level "${unknown}".\n${help}` : help);
    return unknown ? 2 : 0;
  }
  const stopper = new Stopper();
  try {
    return await runAll(options, stopper);
  } finally {
    await stopper.stopAll();
  }
});

async function runAll(options, stopper) {
  const root = repositoryRoot();
  await installIfNeeded(root, stopper.signal);
  const wanted = levels.filter((level) => options.level.includes(level));
  const results = [];
  let env = {};
  if (wanted.some((level) => level !== 'unit')) {
    results.push(...(await build(root, stopper.signal)));
    env = await startServers(stopper);
  }
  for (const level of wanted) {
    console.log(`  ${level}`);
    const { signal } = stopper;
    results.push(await runLevel({ root, level, paths: options.only, env, signal }));
  }
  return conclude(results);
}

// Some tests start a service as a process of its own, which runs what was built.
async function build(root, signal) {
  try {
    await buildIfNeeded({ root, signal });
    return [];
  } catch (error) {
    return [{ level: 'build', passed: 0, failed: 1, problem: error.message, seconds: 0 }];
  }
}

async function startServers(stopper) {
  await sweepTemporary();
  if (process.env.OVERTURE_TEST_INFRA === 'containers') return startContainers(stopper);
  await step('nats-server', () => findNatsServer());
  const folder = temporaryFolder();
  await stopper.add(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await step('PostgreSQL', () =>
    startPostgres({ directory: join(folder, 'postgres'), port: 0 }),
  );
  await stopper.add(postgres.destroy);
  return { OVERTURE_TEST_POSTGRES_URL: postgres.url() };
}

async function startContainers(stopper) {
  const postgres = await step('PostgreSQL (container)', startPostgresContainer);
  await stopper.add(postgres.destroy);
  return { OVERTURE_TEST_POSTGRES_URL: postgres.url() };
}

function conclude(results) {
  console.log();
  for (const { level, passed, failed, skipped, seconds, problem } of results) {
    const notes = [skipped ? `${skipped} skipped` : '', problem ?? ''].filter(Boolean);
    const text = [`${passed} passed`, `${failed} failed`, ...notes].join(', ');
    console.log(`${level.padEnd(5)}  ${text}  (${seconds.toFixed(1)} s)`);
  }
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
