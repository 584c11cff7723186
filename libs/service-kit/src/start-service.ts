import type { Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  checkDurability,
  checkSchema,
  Database,
  migrate,
  migrationSets,
} from '@overture/event-store';
import { Activity, JetStreamStrategy } from '@overture/messaging';
import { joinVirtualClock, serveVirtualClock } from './clock/clock-link.js';
import { RealClock } from './clock/real-clock.js';
import { VirtualClock } from './clock/virtual-clock.js';
import { commonSettings, readConfig, type Settings } from './config.js';
import { connectNats } from './connect-nats.js';
import { Health } from './health/health.js';
import { countRequests } from './http-activity.js';
import { createLogger, NestLogger } from './logger.js';
import type { ServiceContext, ServiceDefinition } from './service-definition.js';
import { ServiceModule } from './service-module.js';
import { stopInOrder } from './stop.js';

export interface RunningService {
  readonly name: string;
  /** Where its HTTP server listens. */
  readonly url: string;
  /** Not ready, finish what is in flight, drain NATS, close. */
  close(): Promise<void>;
}

/** Starts one service from its definition: configuration, migrations, connections, HTTP, messages, readiness. */
export async function startService<S extends Settings>(
  definition: ServiceDefinition<S>,
  environment: NodeJS.ProcessEnv,
): Promise<RunningService> {
  const context = await createContext(definition, environment);
  const health = new Health();
  const app = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.forService(context, health, definition.module(context)),
    new FastifyAdapter({ bodyLimit: 1024 * 1024, forceCloseConnections: true }),
    { logger: new NestLogger(context.logger), abortOnError: false, bodyParser: false },
  );
  countRequests(app, context.clock);
  await definition.configure?.(app, context);
  await connectMessages(app);
  health.addCheck(
    'database',
    async () => void (await context.database.statements.query('select 1')),
  );
  health.addCheck('nats', async () => void (await context.nats.rtt()));
  await app.listen(portOf(definition, context), context.config.BIND_ADDRESS);
  await definition.started?.(app, context);
  serveClock(app, context);
  health.ready();
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  context.logger.info({ address: url }, 'ready');
  return {
    name: definition.name,
    url,
    close: () => stopInOrder({ app, health, context }),
  };
}

async function createContext<S extends Settings>(
  definition: ServiceDefinition<S>,
  environment: NodeJS.ProcessEnv,
): Promise<ServiceContext<S>> {
  const { name } = definition;
  const settings = { ...definition.settings, ...commonSettings(name) };
  const config = readConfig(name, settings, environment) as ServiceContext<S>['config'];
  const own = ownSettings(name, config);
  const logger = createLogger(name, config.LOG_LEVEL);
  await prepareSchema(definition, own);
  const nats = await connectNats({
    service: name,
    url: config.NATS_URL,
    user: own.natsUser,
    password: own.natsPassword,
  });
  const clock = config.CLOCK === 'virtual' ? await joinVirtualClock(nats) : new RealClock();
  const database = new Database({
    url: own.databaseUrl,
    schema: name,
    applicationName: `overture-${name}`,
    max: own.pool,
    clock,
  });
  if (!config.ALLOW_UNSAFE_DURABILITY) await checkDurability(database);
  return { name, config, database, clock, nats, logger };
}

/** With the owner's URL it migrates, without it it refuses a schema that is not the one it was built for. */
async function prepareSchema(
  { name, migrations }: ServiceDefinition,
  { databaseUrl, migrationsUrl }: { databaseUrl: string; migrationsUrl: string },
): Promise<void> {
  const schema = { schema: name, sets: migrationSets(migrations) };
  if (migrationsUrl) await migrate({ ...schema, url: migrationsUrl });
  else await checkSchema({ ...schema, url: databaseUrl });
}

async function connectMessages(app: NestFastifyApplication): Promise<void> {
  const strategy = provided(app, JetStreamStrategy);
  if (!strategy) return;
  app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  await app.startAllMicroservices();
}

function serveClock(app: NestFastifyApplication, { name, nats, clock }: ServiceContext): void {
  if (!(clock instanceof VirtualClock)) return;
  const activity = provided(app, Activity);
  serveVirtualClock(name, nats, clock, () => activity?.report());
}

// The simulator speaks HTTP only, so it has no messages to follow. Nest logs an error when asked for what is not there.
function provided<T>(app: NestFastifyApplication, type: Type<T>): T | undefined {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.some((module) => module.hasProvider(type))
    ? app.get(type, { strict: false })
    : undefined;
}

function portOf(definition: ServiceDefinition, { name, config }: ServiceContext): number {
  const variable = definition.portVariable ?? `${name.toUpperCase()}_HEALTH_PORT`;
  return Number((config as Record<string, unknown>)[variable] ?? 0);
}

// The names of these variables are made from the service's, so their types cannot be spelled out.
function ownSettings(name: string, config: object) {
  const values = config as Record<string, unknown>;
  const own = (suffix: string): unknown => values[`${name.toUpperCase()}_${suffix}`];
  return {
    databaseUrl: String(own('DATABASE_URL')),
    migrationsUrl: String(own('MIGRATIONS_URL')),
    pool: Number(own('DATABASE_POOL')),
    natsUser: String(own('NATS_USER')),
    natsPassword: String(own('NATS_PASSWORD')),
  };
}
