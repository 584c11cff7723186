// Installs what is missing and compiles what changed.
import { buildIfNeeded } from './lib/build.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { main } from './lib/main.mjs';

await main(async () => {
  await installIfNeeded();
  await buildIfNeeded();
});
