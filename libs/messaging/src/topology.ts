import { setTimeout as sleep } from 'node:timers/promises';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  jetstreamManager,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type ConsumerInfo,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { durableName, eventStreamName, partitionFilter } from './subjects.js';

const nanosPerMs = 1_000_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;
const remakeAfterMs = 2_000;

/** What deploy/nats/stream.json says; a service makes the stream anew when NATS has lost it. */
export const eventStreamConfig = {
  name: eventStreamName,
  subjects: ['overture.event.>'],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.Old,
  max_age: 7 * dayMs * nanosPerMs,
  duplicate_window: 2 * minuteMs * nanosPerMs,
  num_replicas: 1,
};

export interface ConsumerSettings {
  readonly ackWaitMs: number;
  readonly ackPendingMax: number;
}

/** Which incarnation of the event stream this is, and how far it reaches. */
export interface StreamMark {
  readonly created: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** Makes the event stream and a service's own consumers exist, at the start and whenever NATS lost them. */
export class Topology {
  private ensuring: Promise<StreamMark> | undefined;
  private hasSeenStream = false;

  private constructor(
    private readonly service: string,
    private readonly manager: JetStreamManager,
  ) {}

  static async of(service: string, nats: NatsConnection): Promise<Topology> {
    // Asking for account information would need a permission that services do not have.
    return new Topology(service, await jetstreamManager(nats, { checkAPI: false }));
  }

  /** All who ask at the same time share one answer. */
  ensureStream(): Promise<StreamMark> {
    this.ensuring ??= this.findOrMakeStream().finally(() => {
      this.ensuring = undefined;
    });
    return this.ensuring;
  }

  /** How far the event stream reaches now; undefined when there is none. */
  async streamMark(): Promise<StreamMark | undefined> {
    try {
      return markOf(await this.manager.streams.info(eventStreamName));
    } catch (error) {
      if (isNotFound(error, JetStreamApiCodes.StreamNotFound)) return undefined;
      throw error;
    }
  }

  /**
   * Creating a durable that exists with the same settings changes nothing. One that is ahead of the stream, because
   * the stream lost its end, would skip what is published there again, so it is made anew.
   */
  async ensureConsumer(partition: number, settings: ConsumerSettings): Promise<ConsumerInfo> {
    const info = await this.addConsumer(partition, settings);
    const mark = await this.ensureStream();
    if (info.delivered.stream_seq <= mark.lastSequence) return info;
    await this.manager.consumers.delete(eventStreamName, info.name);
    return this.addConsumer(partition, settings);
  }

  consumerInfo(partition: number): Promise<ConsumerInfo> {
    return this.manager.consumers.info(eventStreamName, durableName(this.service, partition));
  }

  /** The id of the event stored at a sequence; undefined when there is none. */
  async eventIdAt(sequence: number): Promise<string | undefined> {
    try {
      const stored = await this.manager.streams.getMessage(eventStreamName, { seq: sequence });
      return stored?.header.get('Nats-Msg-Id');
    } catch (error) {
      if (isNotFound(error, JetStreamApiCodes.NoMessageFound)) return undefined;
      throw error;
    }
  }

  private addConsumer(
    partition: number,
    { ackWaitMs, ackPendingMax }: ConsumerSettings,
  ): Promise<ConsumerInfo> {
    return this.manager.consumers.add(eventStreamName, {
      durable_name: durableName(this.service, partition),
      filter_subject: partitionFilter(partition),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: ackWaitMs * nanosPerMs,
      max_ack_pending: ackPendingMax,
      max_deliver: -1,
      max_waiting: 16,
    });
  }

  private async findOrMakeStream(): Promise<StreamMark> {
    const mark = (await this.streamMark()) ?? (await this.makeStream());
    this.hasSeenStream = true;
    return mark;
  }

  // nats-server 2.9 says that a stream is gone and deletes its files after that, with those of a stream made anew
  // meanwhile: it would count its events and never deliver one.
  private async makeStream(): Promise<StreamMark> {
    if (this.hasSeenStream) await sleep(remakeAfterMs);
    return markOf(await this.manager.streams.add(eventStreamConfig));
  }
}

function markOf({ created, state }: StreamInfo): StreamMark {
  return { created, firstSequence: state.first_seq, lastSequence: state.last_seq };
}

function isNotFound(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}
