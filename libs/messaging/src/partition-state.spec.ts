import type { ConsumerInfo } from '@nats-io/jetstream';
import type { Delivery } from './delivery.js';
import { PartitionState } from './partition-state.js';

const mark = { created: 'first', firstSequence: 1, lastSequence: 100 };

function adopted(pending: number, ackPending: number, floor: number, delivered = floor) {
  const state = new PartitionState();
  state.begin(mark);
  state.learn(info(pending, ackPending, floor, delivered), state.arrivals);
  return state;
}

function info(pending: number, ackPending: number, floor: number, delivered = floor) {
  return {
    num_pending: pending,
    num_ack_pending: ackPending,
    ack_floor: { stream_seq: floor },
    delivered: { stream_seq: delivered },
  } as ConsumerInfo;
}

const delivery = (sequence: number, pending = 0) => ({ sequence, pending }) as unknown as Delivery;

describe('What is settled in a partition', () => {
  it('is all that was delivered, when nothing is open', () => {
    const state = adopted(0, 0, 40);
    expect([state.settledUpTo, state.backlog]).toEqual([40, 0]);
    const first = delivery(50, 1);
    state.received(first);
    expect([state.settledUpTo, state.backlog]).toEqual([49, 2]);
    const second = delivery(60);
    state.received(second);
    state.done(first);
    expect([state.settledUpTo, state.backlog]).toEqual([59, 1]);
    state.done(second);
    expect([state.settledUpTo, state.backlog]).toEqual([60, 0]);
  });

  it('does not include what was given back, to come again', () => {
    const state = adopted(0, 0, 40);
    const first = delivery(50);
    state.received(first);
    state.givenBack(first);
    expect([state.settledUpTo, state.isOpen(first)]).toEqual([49, false]);
    const again = delivery(50);
    state.received(again);
    state.done(again);
    expect([state.settledUpTo, state.backlog]).toEqual([50, 0]);
  });

  it('does not include what the former owner left open', () => {
    const state = adopted(0, 2, 40, 45);
    expect([state.settledUpTo, state.backlog]).toEqual([40, 1]);
    // It was acknowledged after all.
    state.learn(info(0, 0, 45), state.arrivals);
    expect([state.settledUpTo, state.backlog]).toEqual([45, 0]);
  });

  it('counts down what comes again of it', () => {
    const state = adopted(0, 1, 40, 45);
    const again = delivery(45);
    state.received(again);
    state.done(again);
    expect([state.settledUpTo, state.backlog]).toEqual([45, 0]);
  });

  it('is not known before the server has said it', () => {
    const state = new PartitionState();
    state.begin(mark);
    expect([state.settledUpTo, state.backlog, state.needsNews]).toEqual([0, 1, true]);
  });

  it('is not told by an answer that deliveries have overtaken', () => {
    const state = adopted(0, 0, 0);
    state.begin({ ...mark, created: 'second' });
    const arrivedBefore = state.arrivals;
    const first = delivery(3);
    state.received(first);
    state.done(first);
    // Said before the first one was delivered.
    state.learn(info(1, 0, 0), arrivedBefore);
    expect([state.backlog, state.needsNews]).toEqual([1, true]);
    state.learn(info(0, 0, 3), state.arrivals);
    expect([state.settledUpTo, state.backlog, state.needsNews]).toEqual([3, 0, false]);
  });

  it('keeps what is in hand when the consumer is asked for again', () => {
    const state = adopted(0, 0, 40);
    const first = delivery(50);
    state.received(first);
    state.begin(mark);
    state.learn(info(0, 1, 40, 50), state.arrivals);
    expect([state.isOpen(first), state.settledUpTo, state.backlog]).toEqual([true, 49, 1]);
  });
});

describe('The event stream as a partition knows it', () => {
  it('does not fit once it began anew, or lost what was seen of it (P12)', () => {
    const state = adopted(0, 0, 40);
    expect(state.fits(mark, 40)).toBe(true);
    expect(state.fits({ ...mark, created: 'second' }, 40)).toBe(false);
    expect(state.fits({ ...mark, lastSequence: 39 }, 40)).toBe(false);
  });
});
