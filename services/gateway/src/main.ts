import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('gateway');
const { runService } = await import('@overture/service-kit');
const { gatewayService } = await import('./index.js');
await runService(gatewayService);
