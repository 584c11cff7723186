import type { ServiceDefinition } from '@overture/service-kit';
import type { ServiceName } from './installation.js';

/** Loads the definition of a service, and nothing of the others. */
export async function loadDefinition(name: ServiceName): Promise<ServiceDefinition> {
  const exported = (await import(`@overture/${name}`)) as Record<string, unknown>;
  const definition = exported[`${name}Service`];
  if (!definition) throw new Error(`@overture/${name} exports no ${name}Service.`);
  return definition as ServiceDefinition;
}
