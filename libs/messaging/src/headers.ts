import { headers as emptyHeaders, type MsgHdrs } from '@nats-io/nats-core';
import { MsgHdrsImpl } from '@nats-io/nats-core/internal';

/** By name; a header without a value is not there. */
export type HeaderRecord = Readonly<Record<string, string | undefined>>;

const lineBreak = /[\r\n]/;

/** Headers that are bytes already. Setting them one by one costs as much as all the rest of a publish. */
class EncodedHeaders extends MsgHdrsImpl {
  constructor(private readonly bytes: Uint8Array) {
    super();
  }

  override encode(): Uint8Array {
    return this.bytes;
  }
}

/** For the many events of a relay: nothing but `encode` works on the result. */
export function encodedHeaders(record: HeaderRecord): MsgHdrs {
  let text = 'NATS/1.0\r\n';
  for (const name in record) {
    const value = record[name];
    if (!value) continue;
    if (lineBreak.test(value)) throw new RangeError(`Header ${name} holds a line break.`);
    text += `${name}: ${value}\r\n`;
  }
  return new EncodedHeaders(Buffer.from(`${text}\r\n`));
}

export function toNatsHeaders(record: HeaderRecord): MsgHdrs {
  const encoded = emptyHeaders();
  for (const name in record) {
    const value = record[name];
    if (value) encoded.append(name, value);
  }
  return encoded;
}

export function fromNatsHeaders(headers: MsgHdrs | undefined): HeaderRecord {
  const record: Record<string, string> = {};
  for (const [name, values] of headers ?? []) record[name] = values[0] ?? '';
  return record;
}
