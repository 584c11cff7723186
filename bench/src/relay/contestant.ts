import type { NatsServer } from '../../../tools/lib/nats.mjs';
import type { Url } from '../shared/postgres.js';

/** One way from a store to JetStream. `fill` appends, `drain` publishes all of it and remembers how far it is. */
export interface Contestant {
  readonly name: string;
  fill(amount: number): Promise<void>;
  drain(amount: number): Promise<void>;
  close(): Promise<void>;
}

export type Maker = (url: Url, nats: NatsServer) => Promise<Contestant>;

/** How everybody fills its store. */
export const filling = { perStream: 20, callers: 16 };

/** How many events a peer reads at once. */
export const readAhead = 1_000;
