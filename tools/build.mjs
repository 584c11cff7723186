// Installs what is missing and compiles what changed.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { main } from './lib/main.mjs';

main(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
