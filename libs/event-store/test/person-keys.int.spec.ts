import { randomBytes } from 'node:crypto';
import { erasedMarker, KeyRing, PersonKeys, type Sealed } from '../src/index.js';
import { adminClient, newTenant, storeFixture, type StoreFixture } from './fixtures.js';

const oldKey = `old:${randomBytes(32).toString('base64')}`;
const newKey = `new:${randomBytes(32).toString('base64')}`;
const ann = { personId: 'p-ann', fields: { firstName: 'Ann', email: 'ann@example.org' } };
const bob = { personId: 'p-bob', fields: { firstName: 'Bob' } };

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await storeFixture();
});

describe('The fields of a person', () => {
  it('open again, whoever sealed them first', async () => {
    const { seal, open } = setUp();
    const [first, second] = await Promise.all([seal([ann, bob]), seal([bob, ann])]);
    expect(await open([...first, ...second])).toEqual([
      ann.fields,
      bob.fields,
      bob.fields,
      ann.fields,
    ]);
  });

  it('are not to be read in what is stored (P11)', async () => {
    const { seal, tenantId } = setUp();
    const sealed = await seal([ann]);
    const admin = await adminClient(fixture);
    const { rows } = await admin.query('select * from person_keys where tenant_id = $1', [
      tenantId,
    ]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify([sealed, rows])).not.toMatch(/example\.org/);
    expect(Object.keys(sealed[0]!)).toEqual(['personId', 'keyId', 'fields', 'box']);
  });

  it('read as a marker once the person is erased, for ever (I14)', async () => {
    const { seal, open, erase } = setUp();
    const before = await seal([ann, bob]);
    await erase(ann.personId);
    const marked = { firstName: erasedMarker, email: erasedMarker };
    expect(await open(before)).toEqual([marked, bob.fields]);
    const after = await seal([ann]);
    expect(await open([...before, ...after])).toEqual([marked, bob.fields, ann.fields]);
  });

  it('do not open as those of another person, tenant or field', async () => {
    const { seal, open } = setUp();
    const [sealed] = (await seal([ann])) as [Sealed];
    const [ofBob] = (await seal([bob])) as [Sealed];
    await expect(open([{ ...sealed, fields: ['email', 'name'] }])).rejects.toThrow();
    await expect(open([{ ...ofBob, box: sealed.box }])).rejects.toThrow();
    expect(await setUp().open([sealed])).toEqual([
      { firstName: erasedMarker, email: erasedMarker },
    ]);
  });

  it('survive a change of the wrapping key', async () => {
    const { seal, open, tenantId } = setUp(oldKey);
    const sealed = await seal([ann, bob]);
    const rotated = setUp(`${newKey},${oldKey}`, tenantId);
    expect(await rotated.open(sealed)).toEqual([ann.fields, bob.fields]);
    expect([await rotated.rewrap(1), await rotated.rewrap(9), await rotated.rewrap(9)]).toEqual([
      1, 1, 0,
    ]);
    expect(await setUp(newKey, tenantId).open(sealed)).toEqual([ann.fields, bob.fields]);
    await expect(open(sealed)).rejects.toThrow('SEAL_KEYS has no key "new"');
  });
});

function setUp(keys = oldKey, tenantId = newTenant()) {
  const personKeys = new PersonKeys(KeyRing.parse(keys));
  const { database } = fixture;
  return {
    tenantId,
    seal: (persons: Parameters<PersonKeys['seal']>[2]) =>
      database.tenant(tenantId, (tx) => personKeys.seal(tx, tenantId, persons)),
    open: (sealed: readonly Sealed[]) =>
      database.tenant(tenantId, (tx) => personKeys.open(tx, tenantId, sealed)),
    erase: (personId: string) =>
      database.tenant(tenantId, (tx) => personKeys.erase(tx, tenantId, personId)),
    rewrap: (limit: number) =>
      database.tenant(tenantId, (tx) => personKeys.rewrap(tx, tenantId, limit)),
  };
}
