import type { Msg, NatsConnection } from '@nats-io/nats-core';
import { fromNatsHeaders, type HeaderRecord } from './headers.js';

const nanosPerMs = 1_000_000;

/** One delivery of an event by a durable consumer, until it is acknowledged or given back. */
export class Delivery {
  readonly partition: number;
  readonly sequence: number;
  /** How many more the consumer has waiting behind this one. */
  readonly pending: number;
  deliveredAt = performance.now();
  private record: HeaderRecord | undefined;

  constructor(
    private readonly nats: NatsConnection,
    private readonly message: Msg,
  ) {
    const tokens = (message.reply ?? '').split('.');
    // $JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>, or the same with
    // domain and account in front and a random token behind.
    const first = tokens.length >= 11 ? 6 : 4;
    this.partition = Number(tokens[first - 1]?.slice(-2));
    this.sequence = Number(tokens[first + 1]);
    this.pending = Number(tokens[first + 4]);
  }

  /** Whose fact it is: `overture.event.<context>.v1.…`. */
  get context(): string {
    return this.message.subject.split('.', 3)[2] ?? '';
  }

  /** Read when first asked for: most of what travels is for others. */
  get headers(): HeaderRecord {
    this.record ??= fromNatsHeaders(this.message.headers);
    return this.record;
  }

  body(): unknown {
    return this.message.json();
  }

  ack(): void {
    this.answer('+ACK');
  }

  /** Gives it back; it comes again after the delay. */
  nak(delayMs: number): void {
    const delay = Math.max(1, Math.floor(delayMs)) * nanosPerMs;
    this.answer(`-NAK ${JSON.stringify({ delay })}`);
  }

  /** Asks the server for more time. */
  inProgress(): void {
    this.deliveredAt = performance.now();
    this.answer('+WPI');
  }

  /** Never to be delivered again. The form with a reason is ignored by nats-server 2.9. */
  terminate(): void {
    this.answer('+TERM');
  }

  private answer(payload: string): void {
    if (this.message.reply && !this.nats.isClosed()) this.nats.publish(this.message.reply, payload);
  }
}
