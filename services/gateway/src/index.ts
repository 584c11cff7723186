import type { ServiceDefinition } from '@overture/service-kit';
import { AccessDeps, bootstrap } from './app/manage-access.js';
import { configure } from './configure.js';
import { GatewayModule } from './gateway.module.js';
import { gatewaySettings } from './settings.js';
import { Housekeeping } from './transport/operations/housekeeping.js';

export { newApiKey } from './app/api-key-format.js';
export { importFile, type ImportCalls } from './app/import-file.js';

/** HTTP in, commands out: keys, idempotency, problems; it decides nothing. */
export const gatewayService: ServiceDefinition<typeof gatewaySettings> = {
  name: 'gateway',
  settings: gatewaySettings,
  migrations: ['event-store', 'messaging', 'gateway'],
  portVariable: 'GATEWAY_PORT',
  module: (context) => GatewayModule.for(context),
  configure,
  started: async (app, { config }) => {
    app.get(Housekeeping).start();
    if (config.BOOTSTRAP_API_KEY === '') return;
    await bootstrap(app.get(AccessDeps), {
      apiKey: config.BOOTSTRAP_API_KEY,
      workspaceId: config.BOOTSTRAP_WORKSPACE_ID,
      workspaceName: config.BOOTSTRAP_WORKSPACE_NAME,
    });
  },
};
