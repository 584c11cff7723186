// One level without its servers, as Nx runs it: `npx nx run overture:unit`.
import { runLevel } from './lib/levels.mjs';
import { main } from './lib/main.mjs';
import { repositoryRoot } from './lib/root.mjs';

await main(async () => {
  const { passed, failed } = await runLevel({ root: repositoryRoot(), level: process.argv[2] });
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
