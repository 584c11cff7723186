import { decrypt, encrypt } from './key-ring.js';

/** Personal fields by name, in clear. */
export type PersonFields = Readonly<Record<string, string>>;

export interface Person {
  readonly tenantId: string;
  readonly personId: string;
}

/** A person's own key, unwrapped. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Personal fields as they are stored in events and tables: plain JSON that says whose and which they are. */
export interface Sealed {
  readonly personId: string;
  readonly keyId: string;
  readonly fields: readonly string[];
  readonly box: string;
}

/** What stands in every field of an erased person. */
export const erasedMarker = '[erased]';

export function sealFields(person: Person, dataKey: DataKey, fields: PersonFields): Sealed {
  const names = Object.keys(fields).sort();
  const plain = Buffer.from(JSON.stringify(names.map((name) => fields[name])));
  const box = encrypt(dataKey.key, plain, associated(person, names));
  return {
    personId: person.personId,
    keyId: dataKey.id,
    fields: names,
    box: box.toString('base64'),
  };
}

/** The fields in clear, or the marker in each once the person is erased: the key is gone, or is a later one. */
export function openFields(
  tenantId: string,
  dataKey: DataKey | undefined,
  sealed: Sealed,
): Record<string, string> {
  const { personId, fields, keyId, box } = sealed;
  if (dataKey?.id !== keyId) return Object.fromEntries(fields.map((name) => [name, erasedMarker]));
  const aad = associated({ tenantId, personId }, fields);
  const plain = decrypt(dataKey.key, Buffer.from(box, 'base64'), aad).toString();
  const values = JSON.parse(plain) as string[];
  return Object.fromEntries(fields.map((name, index) => [name, values[index] as string]));
}

// A box moved to another tenant, person or set of fields does not open.
function associated({ tenantId, personId }: Person, names: readonly string[]): string {
  return JSON.stringify([tenantId, personId, ...names]);
}
