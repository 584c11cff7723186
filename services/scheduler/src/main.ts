import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('scheduler');
const { runService } = await import('@overture/service-kit');
const { schedulerService } = await import('./index.js');
await runService(schedulerService);
