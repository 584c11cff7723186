import { fromMs, toMs, type Instant } from '@overture/kernel';
import type { ColumnOptions } from 'typeorm';

/** A moment as everywhere else in the product: RFC 3339 text, never a Date. */
export function instantColumn(name: string, options: ColumnOptions = {}): ColumnOptions {
  return {
    ...options,
    name,
    type: 'timestamptz',
    transformer: {
      from: (at: Date | null) => (at === null ? null : fromMs(at.getTime())),
      to: (at: Instant | null | undefined) => (at ? new Date(toMs(at)) : at),
    },
  };
}
