import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Database } from '@overture/event-store';
import { Clock } from '@overture/kernel';
import { LOGGER } from '@overture/service-kit';
import { GatewayModule } from './gateway.module.js';
import { openApiDocument } from './openapi.js';

const golden = join(__dirname, '../../../docs/reference/openapi.json');

// What service-kit gives every service; a preview makes none of it.
@Global()
@Module({
  imports: [GatewayModule.for({ name: 'gateway', config: {} } as never)],
  providers: [Clock, Database, LOGGER].map((provide) => ({ provide, useValue: {} })),
  exports: [Clock, Database, LOGGER],
})
class Outside {}

async function documentOfTheCode(): Promise<string> {
  // A preview builds routes without making anything behind them.
  const options = { preview: true, abortOnError: false, logger: false } as const;
  const app = await NestFactory.create(Outside, new FastifyAdapter(), options);
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}

describe('The OpenAPI document (F111)', () => {
  it('is the one in docs/reference; UPDATE_GOLDEN=1 writes it anew', async () => {
    const document = await documentOfTheCode();
    if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, document);
    expect(document).toBe(readFileSync(golden, 'utf8'));
  });

  it('points at schemas that exist, and tells the scope of every route behind keys', async () => {
    const text = await documentOfTheCode();
    const document = JSON.parse(text) as {
      components: { schemas: Record<string, unknown> };
      paths: Record<string, Record<string, { security?: unknown; description?: string }>>;
    };
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    const missing = references.filter((name) => !(String(name) in document.components.schemas));
    expect(missing).toEqual([]);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const guarded = operations.filter(({ security }) => security !== undefined);
    expect(guarded.filter(({ description }) => !description?.startsWith('Scope:'))).toEqual([]);
    expect(operations.length).toBeGreaterThan(50);
  });

  it('says of every write to one lead, draft or task that it may be repeated (F018, F112)', async () => {
    const { paths } = JSON.parse(await documentOfTheCode()) as {
      paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
    };
    const writes = Object.entries(paths)
      .filter(([path]) => /^\/v1\/(leads|actions|drafts|tasks)\b/.test(path))
      .flatMap(([path, { get: _, ...verbs }]) =>
        Object.entries(verbs).map(([verb, { parameters = [] }]) => ({
          route: `${verb} ${path}`,
          repeatable: parameters.some(({ name }) => name === 'Idempotency-Key'),
        })),
      );
    expect(writes.length).toBeGreaterThan(15);
    expect(writes.filter(({ repeatable }) => !repeatable)).toEqual([]);
  });
});
