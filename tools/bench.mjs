// `npm run bench NAME`: one of the benchmarks of bench/, built first. Each starts the servers it needs.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './lib/build.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { repositoryRoot } from './lib/root.mjs';

// The entry points; the other files of bench/src are what they are made of.
const names = ['append', 'consume', 'dispatch', 'forecast', 'import', 'relay', 'verdict'];

await main(async () => {
  const root = repositoryRoot();
  const [name] = process.argv.slice(2);
  const source = join(root, 'bench/src', `${name}.ts`);
  if (!names.includes(name) || !existsSync(source)) {
    const there = readdirSync(join(root, 'bench/src')).map((file) => file.replace(/\.ts$/, ''));
    console.error(
      `npm run bench NAME, with one of: ${names.filter((each) => there.includes(each)).join(', ')}`,
    );
    return 2;
  }
  await installIfNeeded(root);
  await buildIfNeeded({ root, projects: ['bench'] });
  const child = spawn(process.execPath, [join(root, 'bench/dist', `${name}.js`)], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});
