import type { NatsUser } from './nats-config.mjs';
import type { NatsServer } from './nats.mjs';

export function startPostgresContainer(): Promise<{ url(): string; destroy(): Promise<void> }>;

export function startNatsContainer(options: {
  users?: readonly NatsUser[];
  name?: string;
}): Promise<Omit<NatsServer, 'pid'>>;
