import { dayMs, plus } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { appendImportRows, type FileRow } from '../src/app/import-rows.js';
import { expireImports } from '../src/app/expire-imports.js';
import { getLead, listLeads } from '../src/app/leads.js';
import type { NewLead } from '../src/app/lead-details.js';
import {
  commitImport,
  commitImports,
  finishImport,
  getImport,
  listImportRows,
  startImport,
} from '../src/app/run-import.js';
import {
  inScope,
  later,
  launched,
  monday,
  newCampaign,
  otherWorkspace,
  people,
  person,
  replaced,
  settle,
  startWorld,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = otherWorkspace(world);
});

const rowsOf = (leads: readonly NewLead[], first = 2): FileRow[] =>
  leads.map((lead, index) => ({ rowNo: first + index, lead, problem: '' }));

async function begin(campaignId = ''): Promise<string> {
  const wanted = { campaignId, fileName: 'leads.csv', mapping: { 'First Name': 'firstName' } };
  return (await startImport(world.ports, world.caller, wanted)).importId;
}

const append = (importId: string, batch: number, rows: readonly FileRow[]) =>
  appendImportRows(world.ports, world.caller, { importId, batch, rows });

async function finishAndCommit(importId: string) {
  await finishImport(world.ports, world.caller, importId);
  await commitImport(world.ports, world.caller, importId);
}

async function importAll(leads: readonly NewLead[], campaignId = '') {
  const importId = await begin(campaignId);
  await append(importId, 0, rowsOf(leads));
  await finishAndCommit(importId);
  await settle(world);
  return getImport(world.ports, world.caller, importId);
}

async function listedLeads() {
  const wanted = { limit: 200, cursor: '', campaignId: '', status: '' };
  return (await listLeads(world.ports, world.caller, wanted)).items;
}

async function enrolledCount(campaignId: string): Promise<number> {
  const { rows } = await inScope(world, ({ tx, tenantId }) =>
    tx.query<{ count: number }>(
      'select count(*) from enrollments where tenant_id = $1 and campaign_id = $2',
      [tenantId, campaignId],
    ),
  );
  return rows[0]!.count;
}

async function everyRowOf(tables: readonly string[]): Promise<string> {
  const texts = await inScope(world, async ({ tx }) => {
    const found: string[] = [];
    for (const table of tables) {
      const text = `select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`;
      found.push((await tx.query<{ text: string }>(text)).rows[0]!.text);
    }
    return found;
  });
  return texts.join('');
}

describe('An import', () => {
  it('gives each row one verdict, by the file, the workspace and do-not-contact (F046, F052, P19)', async () => {
    const { ports, caller } = world;
    const campaignId = await newCampaign(world);
    await addLeads(ports, caller, { campaignId, leads: [person('Known')] });
    await addDoNotContact(ports, caller, {
      linkedinUrl: 'linkedin.com/in/blocked-vale',
      companyName: '',
      reason: '',
    });
    const importId = await begin(campaignId);
    const verdicts = await append(importId, 0, [
      ...rowsOf([
        person('New'),
        person('Copy', { linkedinUrl: 'HTTPS://de.linkedin.com/in/New-Vale/?x' }),
        person('Known'),
        person('Blocked'),
        person('Nameless', { firstName: ' ' }),
        person('Nowhere', { linkedinUrl: 'https://example.com/in/x' }),
        person('Zoned', { timeZone: 'Mars/Olympus' }),
      ]),
      { rowNo: 20, lead: person('Torn'), problem: 'The row has 3 of 7 cells.' },
    ]);
    expect(verdicts.map(({ rowNo, verdict, duplicateOfRow }) => [rowNo, verdict, duplicateOfRow])) //
      .toEqual([
        [2, 'importable', 0],
        [3, 'duplicate', 2],
        [4, 'duplicate', 0],
        [5, 'rejected', 0],
        [6, 'rejected', 0],
        [7, 'rejected', 0],
        [8, 'rejected', 0],
        [20, 'rejected', 0],
      ]);
    expect(verdicts.map(({ reason }) => reason).slice(1)).toEqual([
      'The same person as row 2.',
      'Already in this campaign.',
      'This person or company is on do-not-contact.',
      'first_name is missing.',
      'linkedin_url: This address is not on linkedin.com.',
      'time_zone is not an IANA time zone.',
      'The row has 3 of 7 cells.',
    ]);
    expect(await finishImport(ports, caller, importId)).toMatchObject({
      status: 'checked',
      rows: 8,
      importable: 1,
      duplicates: 2,
      rejected: 5,
    });
  });

  it('finds the row of an earlier batch that a row repeats', async () => {
    const importId = await begin();
    await append(importId, 0, rowsOf([person('First')]));
    const [again] = await append(importId, 1, rowsOf([person('First')], 900));
    expect(again).toMatchObject({ rowNo: 900, verdict: 'duplicate', duplicateOfRow: 2 });
  });

  it('answers a repeated batch as before and refuses a missing one (P1)', async () => {
    const importId = await begin();
    const first = await append(importId, 0, rowsOf([person('Once')]));
    expect(await append(importId, 0, rowsOf([person('Other')]))).toEqual(first);
    await expect(append(importId, 9, [])).rejects.toMatchObject({ code: 'import/batch-missing' });
    expect(await getImport(world.ports, world.caller, importId)).toMatchObject({ rows: 1 });
  });

  it('takes batches that overtake each other in the order of their numbers', async () => {
    const importId = await begin();
    const first = person('Twice');
    const batches = [3, 2, 1, 0].map((batch) =>
      append(importId, batch, rowsOf([first, person(`Only${batch}`)], 2 + batch * 2)),
    );
    const verdicts = (await Promise.all(batches)).reverse().flat();
    expect(verdicts.map(({ verdict, duplicateOfRow }) => [verdict, duplicateOfRow])).toEqual([
      ['importable', 0],
      ['importable', 0],
      ['duplicate', 2],
      ['importable', 0],
      ['duplicate', 2],
      ['importable', 0],
      ['duplicate', 2],
      ['importable', 0],
    ]);
  });

  it('is invisible until it is committed, and sealed meanwhile (F046, P11)', async () => {
    const { ports, caller } = world;
    const campaignId = await newCampaign(world);
    const importId = await begin(campaignId);
    const hidden = person('Hidden', { email: 'hidden@example.com' });
    const [verdict] = await append(importId, 0, rowsOf([hidden]));
    expect(await listedLeads()).toEqual([]);
    expect(await enrolledCount(campaignId)).toBe(0);
    const found = getLead(ports, caller, verdict!.leadId);
    await expect(found).rejects.toMatchObject({ code: 'lead/not-found' });
    const [added] = await addLeads(ports, caller, { campaignId, leads: [hidden] });
    expect(added).toMatchObject({ verdict: 'added' });
    expect(await everyRowOf(['leads', 'import_staged', 'import_batches'])).not.toMatch(/hidden/i);
  });

  it('that nobody commits is forgotten after a week, keys and all', async () => {
    const importId = await begin();
    await append(importId, 0, rowsOf(people(1_200, 'forgotten')));
    await finishImport(world.ports, world.caller, importId);
    expect(await expireImports(world.ports)).toBe(plus(monday, 7 * dayMs));
    later(world, 7 * dayMs);
    await expireImports(world.ports);
    expect(await getImport(world.ports, world.caller, importId)).toMatchObject({
      status: 'failed',
    });
    expect(await everyRowOf(['leads', 'import_staged', 'person_keys'])).toBe('');
    await expect(commitImport(world.ports, world.caller, importId)).rejects.toMatchObject({
      code: 'import/not-checked',
    });
    world.clock.set({ mode: 'virtual', now: monday });
  });

  it('makes leads of everybody, with what the file says of them, and enrolls them', async () => {
    const campaignId = await newCampaign(world);
    const lead = person('Rich', {
      email: 'rich@example.com',
      title: 'CTO',
      timeZone: 'Europe/Lisbon',
      customFields: { seats: '40', __proto__x: 'y' },
      pickedBecause: 'conference',
    });
    expect(await importAll([lead], campaignId)).toMatchObject({
      status: 'committed',
      imported: 1,
      importable: 1,
    });
    const wanted = { limit: 10, cursor: '', campaignId, status: 'new' };
    const { items } = await listLeads(world.ports, world.caller, wanted);
    expect(items[0]).toMatchObject(lead);
    expect(items[0]?.enrollments[0]).toMatchObject({ campaignId, status: 'new' });
  });

  it('starts people by itself in a campaign that is launched already', async () => {
    const { campaignId } = await launched(world, people(1, 'running'));
    await importAll(people(3, 'joining'), campaignId);
    await settle(world);
    const wanted = { limit: 10, cursor: '', campaignId, status: 'ready_to_message' };
    expect((await listLeads(world.ports, world.caller, wanted)).items).toHaveLength(4);
  });

  it('enrolls a known person with their own sender and their own data kept (F098)', async () => {
    await importAll([person('Kept', { title: 'first' })]);
    const campaignId = await newCampaign(world, { identityIds: ['sender-a', 'sender-b'] });
    await importAll([person('Kept', { title: 'second' })], campaignId);
    const wanted = { limit: 10, cursor: '', campaignId, status: '' };
    const [lead] = (await listLeads(world.ports, world.caller, wanted)).items;
    expect(lead).toMatchObject({ title: 'first' });
    const sender = lead!.enrollments[0]!.identityId;
    const other = await newCampaign(world, { identityIds: ['sender-c', 'sender-b', 'sender-a'] });
    await settleCampaign(campaignId);
    await importAll([person('Kept')], other);
    const again = (await listLeads(world.ports, world.caller, { ...wanted, campaignId: other }))
      .items[0]!;
    expect(again.enrollments.find((each) => each.campaignId === other)?.identityId).toBe(sender);
  });

  it('keeps one person out of two running campaigns (I9)', async () => {
    await launched(world, [person('Busy')]);
    const other = await newCampaign(world);
    const importId = await begin(other);
    const [verdict] = await append(importId, 0, rowsOf([person('Busy')]));
    expect(verdict).toMatchObject({
      verdict: 'duplicate',
      reason: 'Another campaign of this workspace is working this person.',
    });
  });
});

async function settleCampaign(campaignId: string) {
  await inScope(world, ({ tx, tenantId }) =>
    tx.query('update enrollments set ended_at = now() where tenant_id = $1 and campaign_id = $2', [
      tenantId,
      campaignId,
    ]),
  );
}

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

describe('Hostile rows', () => {
  it('are rejected or stored as they are: nothing breaks, nothing is executed', async () => {
    const hostile = [
      person('Nul', { title: 'a\u0000b' }),
      person('Half', { title: 'half \ud83d' }),
      person('Quote', { title: `'); drop table leads; --` }),
      person('Formula', { title: '=cmd|calc' }),
      person('Emoji', { firstName: '👩‍🚀', lastName: 'مرحبا' }),
      person('Long', { title: 'x'.repeat(3_000) }),
      person('Wide', {
        customFields: Object.fromEntries(people(60).map((_, i) => [`c${i}`, 'x'])),
      }),
      person('Key', { customFields: { 'a\u0000': 'x' } }),
      person('Proto', { customFields: JSON.parse('{"__proto__":"x","constructor":"y"}') as never }),
      person('Brace', { firstName: '{company_name}' }),
    ];
    const importId = await begin();
    const verdicts = await append(importId, 0, rowsOf(hostile));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual([
      'rejected',
      'rejected',
      'importable',
      'importable',
      'importable',
      'rejected',
      'rejected',
      'rejected',
      'importable',
      'importable',
    ]);
    await finishAndCommit(importId);
    await settle(world);
    const wanted = { limit: 10, cursor: '', campaignId: '', status: '' };
    const { items } = await listLeads(world.ports, world.caller, wanted);
    expect(items.map(({ title }) => title)).toContain(`'); drop table leads; --`);
    expect(items.find(({ firstName }) => firstName === '👩‍🚀')?.lastName).toBe('مرحبا');
  });

  it('of a batch without line numbers of their own are refused together', async () => {
    const importId = await begin();
    const rows = [...rowsOf([person('A')]), ...rowsOf([person('B')])];
    await expect(append(importId, 0, rows)).rejects.toMatchObject({ code: 'input/invalid' });
  });
});
