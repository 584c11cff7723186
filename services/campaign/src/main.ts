import { startTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('campaign');
const { runService } = await import('@overture/service-kit');
const { campaignService } = await import('./index.js');
await runService(campaignService);
