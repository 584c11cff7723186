import type { MsgHdrs } from '@nats-io/nats-core';
import { MsgHdrsImpl } from '@nats-io/nats-core/internal';

export type HeaderRecord = Readonly<Record<string, string>>;

const lineBreak = /[\r\n]/;

/** Checks the values itself: setting header by header costs more than all the rest of a publish. */
export function toNatsHeaders(record: HeaderRecord): MsgHdrs {
  const values: Record<string, string[]> = {};
  for (const name in record) {
    const value = record[name] ?? '';
    if (lineBreak.test(value)) throw new RangeError(`Header ${name} holds a line break.`);
    values[name] = [value];
  }
  return MsgHdrsImpl.fromRecord(values);
}

export function fromNatsHeaders(headers: MsgHdrs | undefined): HeaderRecord {
  const record: Record<string, string> = {};
  for (const [name, values] of headers ?? []) record[name] = values[0] ?? '';
  return record;
}
