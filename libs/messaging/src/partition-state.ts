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
  private arrived = 0;
  private isUnsure = true;

  /** The consumer is about to be asked for; when it follows another stream than before, all begins at nothing. */
  begin(mark: StreamMark): void {
    this.isUnsure = true;
    if (this.fits(mark, this.lastSeen)) return;
    this.streamCreated = mark.created;
    this.open.clear();
    this.floor = 0;
    this.lastSeen = 0;
    this.pending = 0;
    this.inherited = 0;
  }

  /**
   * Takes over what the server says, unless deliveries overtook the answer: then it says less than we know, and must
   * be asked for again. What a former owner left open comes again when its time is up, unless it was acknowledged.
   */
  learn(info: ConsumerInfo, arrivedBefore: number): void {
    if (this.arrived !== arrivedBefore) return;
    const { num_pending, num_ack_pending, ack_floor, delivered } = info;
    this.isUnsure = false;
    this.pending = num_pending;
    this.inherited = Math.max(0, num_ack_pending - this.open.size);
    this.floor = ack_floor.stream_seq;
    this.lastSeen = Math.max(this.lastSeen, delivered.stream_seq, this.floor);
  }

  /** Whether the stream is still the one these sequences are of, and reaches what was seen of it. */
  fits({ created, lastSequence }: StreamMark, seenUpTo: number): boolean {
    return created === this.streamCreated && seenUpTo <= lastSequence;
  }

  get seenUpTo(): number {
    return this.lastSeen;
  }

  /** Counts every delivery. */
  get arrivals(): number {
    return this.arrived;
  }

  /** Something is said to be on its way, and nothing came of it yet. */
  get needsNews(): boolean {
    return this.isUnsure || this.inherited > 0 || (this.pending > 0 && this.open.size === 0);
  }

  get openAmount(): number {
    return this.open.size;
  }

  /** Work this partition has for us that is not settled. */
  get backlog(): number {
    const expected = this.isUnsure || this.pending > 0 ? 1 : 0;
    return this.open.size + expected + (this.inherited > 0 ? 1 : 0);
  }

  received(delivery: Delivery): void {
    this.arrived++;
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
