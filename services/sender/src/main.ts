import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('sender');
const { runService } = await import('@overture/service-kit');
const { senderService } = await import('./index.js');
await runService(senderService);
