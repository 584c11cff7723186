import { headers as emptyHeaders, type MsgHdrs } from '@nats-io/nats-core';

export type HeaderRecord = Readonly<Record<string, string>>;

export function toNatsHeaders(record: HeaderRecord): MsgHdrs {
  const encoded = emptyHeaders();
  for (const name in record) encoded.append(name, record[name] ?? '');
  return encoded;
}

export function fromNatsHeaders(headers: MsgHdrs | undefined): HeaderRecord {
  const record: Record<string, string> = {};
  for (const [name, values] of headers ?? []) record[name] = values[0] ?? '';
  return record;
}
