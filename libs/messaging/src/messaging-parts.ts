import type { Activity } from './activity.js';
import type { MessagingOptions, Tuning } from './options.js';
import type { Ownership } from './ownership.js';
import type { RpcClient } from './rpc-client.js';
import type { Topology } from './topology.js';

/** What every part is built from. */
export interface MessagingParts extends MessagingOptions {
  readonly tuning: Tuning;
  readonly activity: Activity;
  readonly client: RpcClient;
  readonly topology: Topology;
  readonly ownership: Ownership;
  /** Inboxes below it are this service's own: its NATS user may subscribe to no others. */
  readonly inboxPrefix: string;
}
