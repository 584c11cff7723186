// Everything that needs no database: format, lint, import rules, types, contracts, generated files, tidiness.
// `npm run check` runs all and tells how each went; `npm run check -- types lint` runs those.
import { join } from 'node:path';
import { buildIfNeeded } from './lib/build.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { run } from './lib/processes.mjs';
import { repositoryRoot } from './lib/root.mjs';

const root = repositoryRoot();
const bin = (name) => join(root, 'node_modules/.bin', name);

const checks = {
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  lint: [bin('oxlint'), '--type-aware', '--deny-warnings', '.'],
  imports: [
    bin('depcruise'),
    '--config',
    '.dependency-cruiser.cjs',
    'libs',
    'services',
    'clients',
    'deploy',
    'bench',
  ],
  types: [process.execPath, 'node_modules/typescript7/bin/tsc', '-p', 'tsconfig.check.json'],
  contracts: [bin('buf'), 'lint', 'proto'],
  breaking: [bin('buf'), 'breaking', 'proto', '--against', 'proto/baseline.binpb'],
  generated: [process.execPath, 'tools/generate.mjs', '--check'],
  tidy: [process.execPath, 'tools/checks/tidy.mjs'],
};

await installIfNeeded();
// The linter reads the types of other projects from what was built of them.
await buildIfNeeded({ root });
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(
    `No check is called ${unknown.join(', ')}; there are: ${Object.keys(checks).join(', ')}.`,
  );
  process.exit(2);
}

let failed = 0;
for (const [name, [command, ...args]] of Object.entries(checks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const startedAt = performance.now();
  const { code, output } = await run(command, args, { cwd: root });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code === 0) continue;
  failed++;
  console.log(output.trim().replace(/^/gm, '       '));
}
process.exitCode = failed === 0 ? 0 : 1;
