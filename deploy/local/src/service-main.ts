// One service in a process of its own: started by tools/service.mjs with the service's name.
import { startTelemetry } from '@overture/service-kit/telemetry';

const name = process.argv[2] ?? '';
startTelemetry(`overture-${name}`);
const { runOne } = await import('./run-one.js');
await runOne(name);
