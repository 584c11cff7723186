import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { commitImport, commitImports, getImport, listImportRows } from '../src/app/run-import.js';
import {
  inScope,
  newCampaign,
  otherWorkspace,
  people,
  person,
  replaced,
  settle,
  startWorld,
  type World,
} from './world.js';
import { importingInto, rowsOf } from './importing.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = otherWorkspace(world);
});

const { begin, append, finishAndCommit, enrolledCount } = importingInto(() => world);

describe('A committed import', () => {
  it('that is killed in the middle is complete after the restart, nobody twice (P1)', async () => {
    const campaignId = await newCampaign(world);
    const importId = await begin(campaignId);
    for (let batch = 0; batch < 5; batch++) {
      await append(importId, batch, rowsOf(people(500, `b${batch}x`), 2 + batch * 500));
    }
    await finishAndCommit(importId);
    await commitImports(world.ports);
    expect(await enrolledCount(campaignId)).toBe(1_000);
    const save = () => {
      throw new Error('killed');
    };
    const enrollments = replaced(world.ports.enrollments, { save });
    const dying = replaced(world.ports, { enrollments });
    await expect(commitImports(dying)).rejects.toThrow('killed');
    expect(await enrolledCount(campaignId)).toBe(1_000);
    await settle(world);
    expect(await enrolledCount(campaignId)).toBe(2_500);
    expect(await getImport(world.ports, world.caller, importId)).toMatchObject({
      status: 'committed',
      imported: 2_500,
    });
    const { rows } = await inScope(world, ({ tx, tenantId }) =>
      tx.query(`select from events where tenant_id = $1 and type = 'LeadEnrolled'`, [tenantId]),
    );
    expect(rows).toHaveLength(2_500);
  });

  it('shows its rows as imported only when all of it is (F046)', async () => {
    const importId = await begin();
    await append(importId, 0, rowsOf(people(1_500, 'half')));
    await finishAndCommit(importId);
    await commitImports(world.ports);
    const wanted = { importId, verdict: 'imported', limit: 5, cursor: '' };
    expect((await listImportRows(world.ports, world.caller, wanted)).items).toEqual([]);
    await settle(world);
    const first = await listImportRows(world.ports, world.caller, wanted);
    expect(first.items.map(({ rowNo }) => rowNo)).toEqual([2, 3, 4, 5, 6]);
    const next = { ...wanted, cursor: first.nextCursor };
    const second = await listImportRows(world.ports, world.caller, next);
    expect(second.items.map(({ rowNo }) => rowNo)).toEqual([7, 8, 9, 10, 11]);
  });

  it('corrects its verdicts when the workspace changed after the dry run', async () => {
    const campaignId = await newCampaign(world);
    const importId = await begin(campaignId);
    await append(importId, 0, rowsOf([person('Overtaken'), person('Listed'), person('Fine')]));
    await addLeads(world.ports, world.caller, { campaignId, leads: [person('Overtaken')] });
    const entry = { linkedinUrl: person('Listed').linkedinUrl, companyName: '', reason: '' };
    await addDoNotContact(world.ports, world.caller, entry);
    await finishAndCommit(importId);
    await settle(world);
    expect(await getImport(world.ports, world.caller, importId)).toMatchObject({
      status: 'committed',
      imported: 1,
      importable: 1,
      duplicates: 1,
      rejected: 1,
    });
    const wanted = { importId, verdict: '', limit: 5, cursor: '' };
    const { items } = await listImportRows(world.ports, world.caller, wanted);
    expect(items.map(({ verdict }) => verdict)).toEqual(['duplicate', 'rejected', 'imported']);
  });

  it('is committed once, and never before the whole file is there', async () => {
    const importId = await begin();
    await append(importId, 0, rowsOf([person('Early')]));
    await expect(commitImport(world.ports, world.caller, importId)).rejects.toMatchObject({
      code: 'import/not-checked',
    });
    await finishAndCommit(importId);
    await settle(world);
    expect(await commitImport(world.ports, world.caller, importId)).toMatchObject({
      status: 'committed',
    });
    await expect(append(importId, 1, [])).rejects.toMatchObject({ code: 'import/closed' });
  });
});
