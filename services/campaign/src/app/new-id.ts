import { randomUUID } from 'node:crypto';
import { toMs, type Instant } from '@overture/kernel';

/** UUID version 7: what is made together lies together in every index, so large imports stay fast. */
export function newId(at: Instant): string {
  return newIds(at)();
}

/** The same for many ids of one moment, in the order they are asked for. */
export function newIds(at: Instant): () => string {
  const prefix = `${firstIdOf(at)}-7`;
  let made = 0;
  return () => {
    const order = (made++ % countersMax).toString(16).padStart(3, '0');
    return prefix + order + randomUUID().slice(18);
  };
}

/** No id made at that moment or later comes before this text: what is new is found in the order of the key. */
export function firstIdOf(at: Instant): string {
  const ms = toMs(at).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}`;
}

/** Twelve bits; behind them come sixty-two random ones. */
const countersMax = 4_096;
