import type { Instant } from '@overture/kernel';
import type { Secrets } from '../../../tools/lib/secrets.mjs';

/** One installation on this machine, as `tools/start.mjs` hands it to the processes it starts. */
export interface Installation {
  readonly postgresUrl: string;
  readonly natsUrl: string;
  /** Whether NATS knows a user for each service. */
  readonly natsSecured: boolean;
  readonly secrets: Secrets;
  readonly ports: Readonly<Record<string, number>>;
  readonly clock: 'real' | 'virtual';
  /** Where a virtual clock begins the first time. */
  readonly startAt: Instant;
  /** Where files of this installation go. */
  readonly home: string;
  /** The servers that the starting process started; whoever is left last ends them. */
  readonly serverPids: readonly number[];
}

export const databaseName = 'overture';

/** Every service; each has a schema, roles and a NATS user of its own. */
export const serviceNames = [
  'gateway',
  'webhook',
  'scheduler',
  'campaign',
  'sender',
  'sync',
  'simulator',
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** Reads what the starting process handed over. */
export function givenInstallation(environment = process.env): Installation {
  const text = environment['OVERTURE_INSTALLATION'];
  if (text === undefined) {
    throw new Error(
      'OVERTURE_INSTALLATION is not set. Start with `npm start` or `npm run service`.',
    );
  }
  return JSON.parse(text) as Installation;
}
