import { randomUUID } from 'node:crypto';
import { toMs, type Instant } from '@overture/kernel';

/** UUID version 7: what is made together lies together in every index, so large imports stay fast. */
export function newId(at: Instant): string {
  return newIds(at)();
}

/** The same for many ids of one moment. */
export function newIds(at: Instant): () => string {
  const ms = toMs(at).toString(16).padStart(12, '0');
  const prefix = `${ms.slice(0, 8)}-${ms.slice(8)}-7`;
  return () => prefix + randomUUID().slice(15);
}
