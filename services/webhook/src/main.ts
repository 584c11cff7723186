import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('webhook');
const { runService } = await import('@overture/service-kit');
const { webhookService } = await import('./index.js');
await runService(webhookService);
