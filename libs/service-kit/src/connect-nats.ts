import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/nats-core';
import { TransientError } from '@overture/kernel';

interface NatsAccess {
  readonly service: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** One connection per service, under its own user and inbox; it reconnects for ever. */
export async function connectNats({
  service,
  url,
  user,
  password,
}: NatsAccess): Promise<NatsConnection> {
  try {
    return await connect({
      servers: url,
      name: service,
      inboxPrefix: `_INBOX_${service}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      waitOnFirstConnect: false,
      ...(user && { user, pass: password }),
    });
  } catch (error) {
    throw new TransientError(
      `${service} could not connect to NATS at ${hostOf(url)} as user "${user}". ` +
        'Is the server running, and do NATS_URL and the user and password variables belong to it?',
      { cause: error },
    );
  }
}

// A URL may carry credentials; an error text must not.
function hostOf(url: string): string {
  return url.replace(/^(\w+:\/\/)?[^@/]*@/, '$1');
}
