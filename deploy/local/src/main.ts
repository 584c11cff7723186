// Every service in one process, for a laptop: started by tools/start.mjs, which owns the database and NATS.
import { startTelemetry, stopTelemetry } from '@overture/service-kit/telemetry';

startTelemetry('overture');
const { runAll } = await import('./run-all.js');
await runAll(stopTelemetry);
