import { randomUUID } from 'node:crypto';
import { toMs, type Instant } from '@overture/kernel';

/** UUID version 7: what is made together lies together in every index, so large imports stay fast. */
export function newId(at: Instant): string {
  const ms = toMs(at).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}
