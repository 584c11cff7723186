import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import type { NatsConnection } from '@nats-io/nats-core';
import type { CleanedEnv } from 'envalid';
import type { Logger } from 'pino';
import type { commonSettings, Settings } from './config.js';

/** What every module of a service is built from. One of each per service, also when services share a process. */
export interface ServiceContext<S extends Settings = Settings> {
  readonly name: string;
  readonly config: CleanedEnv<S & ReturnType<typeof commonSettings>>;
  readonly database: Database;
  readonly clock: Clock;
  readonly nats: NatsConnection;
  readonly logger: Logger;
}

/** A service as its package exports it: runnable alone, or with all others in one process. */
export interface ServiceDefinition<S extends Settings = Settings> {
  /** Also the name of its schema, its NATS user and the prefix of its variables. */
  readonly name: string;
  /** Its own variables, beside those every service has. */
  readonly settings: S;
  /** Packages whose `migrations/` folder it applies, in this order. */
  readonly migrations: readonly string[];
  /** The variable that holds its HTTP port; without one it serves its probes on `<SERVICE>_HEALTH_PORT`. */
  readonly portVariable?: string;
  module(context: ServiceContext<S>): DynamicModule;
  /** Last touches to the HTTP application before it listens (documents, body parsers). */
  configure?(app: NestFastifyApplication, context: ServiceContext<S>): void | Promise<void>;
  /** Runs once all is connected, before the service is ready. */
  started?(app: NestFastifyApplication, context: ServiceContext<S>): void | Promise<void>;
}
