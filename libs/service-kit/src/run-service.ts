import { commonSettings, settingsHelp, type Settings } from './config.js';
import type { ServiceDefinition } from './service-definition.js';
import { onStopSignal } from './signals.js';
import { startService } from './start-service.js';
import { stopTelemetry } from './telemetry.js';

/** A service's whole `main`: `--help`, start, drain on SIGTERM, an exit code that tells. */
export async function runService<S extends Settings>(
  definition: ServiceDefinition<S>,
): Promise<void> {
  if (process.argv.includes('--help')) {
    const settings = { ...definition.settings, ...commonSettings(definition.name) };
    process.stdout.write(settingsHelp(definition.name, settings));
    return;
  }
  try {
    const running = await startService(definition, process.env);
    onStopSignal(() => {
      void running
        .close()
        .then(stopTelemetry)
        .then(() => process.exit(0), fail);
    });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
