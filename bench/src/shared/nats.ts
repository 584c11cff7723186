import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startNats } from '../../../tools/lib/nats.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';

/** As every server of the reference figures: acknowledged publishes are written, and synced every two minutes. */
export async function benchNats() {
  const folder = temporaryFolder();
  const server = await startNats({ directory: join(folder, 'nats'), syncAlways: false });
  return {
    server,
    async stop() {
      await server.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
