import type { NatsConnection } from '@nats-io/nats-core';
import type { Database } from '@overture/event-store';
import type { PublishMap } from './envelope.js';

export interface MessagingOptions {
  /** Also the queue group, the prefix of the durables and the context whose facts it publishes. */
  readonly service: string;
  readonly database: Database;
  readonly nats: NatsConnection;
  /** Public form of each stored event; a service without it publishes nothing. */
  readonly publish?: PublishMap | undefined;
  readonly tuning?: Partial<Tuning> | undefined;
}

export interface Tuning {
  readonly leaseTtlMs: number;
  /** How long NATS waits for an acknowledgement before it delivers again. */
  readonly ackWaitMs: number;
  /** Events of one partition delivered and not yet acknowledged. */
  readonly ackPendingMax: number;
  /** Batches handled at the same time, each in its own transactions. */
  readonly lanes: number;
  /** Events in a batch; its transaction holds its locks that long. */
  readonly batchMax: number;
  /** Tries of an event that fails for no passing reason, before its stream is parked. */
  readonly triesMax: number;
  /** The relay looks for unpublished events this often, whether or not it was woken. */
  readonly pollMs: number;
  /** How often the relay compares NATS with what it published. */
  readonly verifyMs: number;
}

export const defaultTuning: Tuning = {
  leaseTtlMs: 15_000,
  ackWaitMs: 15_000,
  ackPendingMax: 1_000,
  lanes: 4,
  batchMax: 200,
  triesMax: 5,
  pollMs: 1_000,
  verifyMs: 60_000,
};
