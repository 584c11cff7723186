import { runService } from '@overture/service-kit';
import { installationApiKey } from './api-key.js';
import { loadDefinition } from './definitions.js';
import { environmentOf } from './environment.js';
import { givenInstallation, serviceNames } from './installation.js';
import { provision } from './provision.js';

/** Runs one service: in the installation that was handed over, or in the environment as it is. */
export async function runOne(given: string): Promise<void> {
  const name = serviceNames.find((known) => known === given);
  if (!name) throw new Error(`There is no service "${given}", only ${serviceNames.join(', ')}.`);
  if (process.env['OVERTURE_INSTALLATION'] !== undefined) {
    const installation = givenInstallation();
    await provision(installation);
    const apiKey = await installationApiKey(installation.home);
    for (const [variable, value] of Object.entries(environmentOf(installation, apiKey))) {
      process.env[variable] ??= value;
    }
  }
  await runService(await loadDefinition(name));
}
