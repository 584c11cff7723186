import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('sync');
const { runService } = await import('@overture/service-kit');
const { syncService } = await import('./index.js');
await runService(syncService);
