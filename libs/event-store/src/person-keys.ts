import { randomUUID } from 'node:crypto';
import { freshKey, wrappedKeyBytes, type KeyRing } from './key-ring.js';
import { openFields, sealFields, type DataKey, type PersonFields, type Sealed } from './seal.js';
import type { Transaction } from './transaction.js';

interface KeyRow {
  readonly person_id: string;
  readonly key_id: string;
  readonly wrapped_by: string;
  readonly wrapped_key: Buffer;
}

interface MadeKey {
  readonly personId: string;
  readonly dataKey: DataKey;
  readonly wrappedBy: string;
  readonly wrappedKey: Buffer;
}

/** What was sealed for a person, and the key that nobody has stored yet. */
export interface NewlySealed {
  readonly key: MadeKey;
  readonly sealed: Sealed;
}

export interface PersonToSeal {
  readonly personId: string;
  readonly fields: PersonFields;
}

/** The data keys of persons: made when first needed, deleted when the person is erased. */
export class PersonKeys {
  constructor(private readonly ring: KeyRing) {}

  /** Seals the fields of many persons with two statements at most, making the keys that are missing. */
  async seal(
    tx: Transaction,
    tenantId: string,
    persons: readonly PersonToSeal[],
  ): Promise<Sealed[]> {
    const keys = await this.ensure(
      tx,
      tenantId,
      persons.map(({ personId }) => personId),
    );
    return persons.map(({ personId, fields }) =>
      sealFields({ tenantId, personId }, keys.get(personId) as DataKey, fields),
    );
  }

  /**
   * Seals the fields of a person of whom nothing was ever sealed, under a key made for them. Needs no transaction;
   * whoever keeps the result keeps the key with it.
   */
  sealNew(tenantId: string, { personId, fields }: PersonToSeal): NewlySealed {
    const key = this.make(tenantId, personId);
    return { key, sealed: sealFields({ tenantId, personId }, key.dataKey, fields) };
  }

  /** Stores the keys of newly sealed persons, with one statement. */
  async keep(tx: Transaction, tenantId: string, persons: readonly NewlySealed[]): Promise<void> {
    const made = persons.map(({ key }) => key);
    if (made.length > 0) await tx.query(insertKeys, keyValues(tenantId, made));
  }

  /** Opens what was sealed, of any persons of a tenant, with one statement. */
  async open(
    tx: Transaction,
    tenantId: string,
    sealed: readonly Sealed[],
  ): Promise<Record<string, string>[]> {
    const keys = await this.find(
      tx,
      tenantId,
      sealed.map(({ personId }) => personId),
    );
    return sealed.map((each) => openFields(tenantId, keys.get(each.personId), each));
  }

  /** Erases a person: nothing that was sealed for them can be opened again. */
  async erase(tx: Transaction, tenantId: string, personId: string): Promise<void> {
    await tx.query('delete from person_keys where tenant_id = $1 and person_id = $2', [
      tenantId,
      personId,
    ]);
  }

  /** Wraps up to `limit` keys of a tenant anew with the current key; 0 when none is left. */
  async rewrap(tx: Transaction, tenantId: string, limit: number): Promise<number> {
    const { rows } = await tx.query<KeyRow>(
      `select * from person_keys where tenant_id = $1 and wrapped_by <> $2
       order by person_id limit $3 for update`,
      [tenantId, this.ring.currentId, limit],
    );
    const wrapped = rows.map((row) => {
      const { key } = this.unwrapped(tenantId, row);
      return this.ring.wrap(key, associated(tenantId, row.person_id));
    });
    const personIds = rows.map((row) => row.person_id);
    await tx.query(updateKeys, [tenantId, personIds, this.ring.currentId, Buffer.concat(wrapped)]);
    return rows.length;
  }

  private async ensure(tx: Transaction, tenantId: string, personIds: readonly string[]) {
    const wanted = [...new Set(personIds)].sort();
    const keys = await this.find(tx, tenantId, wanted);
    const missing = wanted.filter((personId) => !keys.has(personId));
    if (missing.length === 0) return keys;
    const made = missing.map((personId) => this.make(tenantId, personId));
    const { rows } = await tx.query<{ person_id: string }>(
      `${insertKeys} on conflict do nothing returning person_id`,
      keyValues(tenantId, made),
    );
    const inserted = new Set(rows.map((row) => row.person_id));
    for (const { personId, dataKey } of made)
      if (inserted.has(personId)) keys.set(personId, dataKey);
    // Another transaction made the others first; it has committed, so they are there now.
    const others = missing.filter((personId) => !inserted.has(personId));
    if (others.length === 0) return keys;
    return new Map([...keys, ...(await this.find(tx, tenantId, others))]);
  }

  private make(tenantId: string, personId: string): MadeKey {
    const dataKey: DataKey = { id: randomUUID(), key: freshKey() };
    const wrappedKey = this.ring.wrap(dataKey.key, associated(tenantId, personId));
    return { personId, dataKey, wrappedBy: this.ring.currentId, wrappedKey };
  }

  private async find(tx: Transaction, tenantId: string, personIds: readonly string[]) {
    const { rows } = await tx.query<KeyRow>(
      `select person_id, key_id, wrapped_by, wrapped_key from person_keys
       where tenant_id = $1 and person_id = any ($2::text[])`,
      [tenantId, [...new Set(personIds)]],
    );
    return new Map(rows.map((row) => [row.person_id, this.unwrapped(tenantId, row)]));
  }

  private unwrapped(tenantId: string, row: KeyRow): DataKey {
    const aad = associated(tenantId, row.person_id);
    return { id: row.key_id, key: this.ring.unwrap(row.wrapped_by, row.wrapped_key, aad) };
  }
}

function keyValues(tenantId: string, made: readonly MadeKey[]): unknown[] {
  return [
    tenantId,
    made.map(({ personId }) => personId),
    made.map(({ dataKey }) => dataKey.id),
    made[0]?.wrappedBy,
    Buffer.concat(made.map(({ wrappedKey }) => wrappedKey)),
  ];
}

const associated = (tenantId: string, personId: string) =>
  JSON.stringify(['person_keys', tenantId, personId]);

// All wrapped keys travel as one value, which the driver need not turn into text.
const nthKey = (all: string) =>
  `substr(${all}, (k.n::int - 1) * ${wrappedKeyBytes} + 1, ${wrappedKeyBytes})`;

const insertKeys = `
  insert into person_keys (tenant_id, person_id, key_id, wrapped_by, wrapped_key)
  select $1, k.person_id, k.key_id, $4, ${nthKey('$5::bytea')}
  from unnest($2::text[], $3::text[]) with ordinality as k (person_id, key_id, n)`;

const updateKeys = `
  update person_keys p set wrapped_by = $3, wrapped_key = ${nthKey('$4::bytea')}
  from unnest($2::text[]) with ordinality as k (person_id, n)
  where p.tenant_id = $1 and p.person_id = k.person_id`;
