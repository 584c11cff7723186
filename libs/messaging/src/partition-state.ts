import type { ConsumerInfo } from '@nats-io/jetstream';
import type { Delivery } from './delivery.js';
import type { StreamMark } from './topology.js';

/** What one durable consumer has delivered to us and what of it is still open. */
export class PartitionState {
  /** By sequence in the event stream; undefined: given back, to come again. */
  private readonly open = new Map<number, Delivery | undefined>();
  private floor = 0;
  private lastSeen = 0;
  private pending = 0;
  /** Delivered to whoever had the partition before, and not acknowledged by them. */
  private inherited = 0;
  /** The incarnation of the event stream that the sequences are of. */
  private streamCreated = '';

  /** Takes over what the server says; after a loss of NATS everything begins at nothing. */
  reset(
    { created }: StreamMark,
    { num_pending, num_ack_pending, ack_floor, delivered }: ConsumerInfo,
  ): void {
    this.streamCreated = created;
    this.open.clear();
    this.pending = num_pending;
    this.inherited = num_ack_pending;
    this.floor = ack_floor.stream_seq;
    const allSettled = num_pending === 0 && num_ack_pending === 0;
    this.lastSeen = allSettled ? Math.max(delivered.stream_seq, this.floor) : this.floor;
  }

  /** What the former owner left open comes again when its time is up, unless it was acknowledged after all. */
  refresh({ num_ack_pending }: ConsumerInfo): void {
    this.inherited = Math.min(this.inherited, Math.max(0, num_ack_pending - this.open.size));
  }

  /** Whether the stream is still the one these sequences are of, and reaches what was seen of it. */
  fits({ created, lastSequence }: StreamMark, seenUpTo: number): boolean {
    return created === this.streamCreated && seenUpTo <= lastSequence;
  }

  get seenUpTo(): number {
    return this.lastSeen;
  }

  get hasInherited(): boolean {
    return this.inherited > 0;
  }

  get openAmount(): number {
    return this.open.size;
  }

  /** Work this partition has for us that is not settled. */
  get backlog(): number {
    return this.open.size + (this.pending > 0 ? 1 : 0) + (this.inherited > 0 ? 1 : 0);
  }

  received(delivery: Delivery): void {
    if (delivery.sequence <= this.lastSeen && !this.open.has(delivery.sequence)) {
      this.inherited = Math.max(0, this.inherited - 1);
    }
    this.open.set(delivery.sequence, delivery);
    this.lastSeen = Math.max(this.lastSeen, delivery.sequence);
    this.pending = delivery.pending;
  }

  isOpen(delivery: Delivery): boolean {
    return this.open.get(delivery.sequence) === delivery;
  }

  done(delivery: Delivery): void {
    this.open.delete(delivery.sequence);
  }

  givenBack(delivery: Delivery): void {
    this.open.set(delivery.sequence, undefined);
  }

  inHand(): Delivery[] {
    return [...this.open.values()].filter((delivery) => delivery !== undefined);
  }

  /** Everything up to this sequence is through. */
  get settledUpTo(): number {
    if (this.inherited > 0) return this.floor;
    return this.open.size > 0 ? Math.min(...this.open.keys()) - 1 : this.lastSeen;
  }
}
