import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('simulator');
const { runService } = await import('@overture/service-kit');
const { simulatorService } = await import('./index.js');
await runService(simulatorService);
