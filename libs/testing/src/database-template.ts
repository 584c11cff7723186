import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationSets, type MigrationSet } from '@overture/event-store';
import { repositoryRoot } from '../../../tools/lib/root.mjs';

/** A schema and the packages whose migrations make it, as a service definition lists them. */
export interface SchemaToMigrate {
  readonly schema: string;
  readonly sets: readonly string[];
}

export interface ResolvedSchema {
  readonly schema: string;
  readonly sets: readonly MigrationSet[];
}

/** A bare name stands for a service: its own migrations after those of the libs it depends on. */
export function resolveSchemas(
  services: readonly (string | SchemaToMigrate)[],
): readonly ResolvedSchema[] {
  const root = repositoryRoot();
  return services.map((service) => {
    if (typeof service !== 'string') {
      return { schema: service.schema, sets: migrationSets(service.sets, root) };
    }
    const names = [...librariesOf(root, service), service].filter((name) =>
      existsSync(join(root, 'node_modules/@overture', name, 'migrations')),
    );
    return { schema: service, sets: migrationSets(names, root) };
  });
}

function librariesOf(root: string, service: string): string[] {
  const file = join(root, 'node_modules/@overture', service, 'package.json');
  if (!existsSync(file)) return [];
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: object };
  return ['event-store', 'messaging'].filter((name) => `@overture/${name}` in dependencies);
}

/** The same name for the same schemas and files, so that a changed migration gets a new template. */
export function templateName(schemas: readonly ResolvedSchema[]): string {
  const hash = createHash('sha256');
  for (const { schema, sets } of schemas) {
    for (const { name, directory } of sets) {
      hash.update(`${schema}/${name}\n`);
      for (const file of readdirSync(directory).sort()) {
        hash.update(`${file}\n`).update(readFileSync(join(directory, file)));
      }
    }
  }
  return `template_${hash.digest('hex').slice(0, 32)}`;
}
