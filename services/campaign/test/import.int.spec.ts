import { ConflictError } from '@overture/event-store';
import { dayMs, plus } from '@overture/kernel';
import { waitFor } from '@overture/testing';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { expireImports } from '../src/app/expire-imports.js';
import { getLead, listLeads } from '../src/app/leads.js';
import { commitImport, finishImport, getImport } from '../src/app/run-import.js';
import {
  later,
  launched,
  monday,
  newCampaign,
  otherWorkspace,
  people,
  person,
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

const { begin, append, importAll, listedLeads, enrolledCount, everyRowOf, settleCampaign } =
  importingInto(() => world);

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
    // Whoever came too early is told to come again, as whoever uploads does.
    const sent = (batch: number) =>
      waitFor(() =>
        append(importId, batch, rowsOf([first, person(`Only${batch}`)], 2 + batch * 2)).catch(
          (error: unknown): undefined => {
            if (!(error instanceof ConflictError)) throw error;
          },
        ),
      );
    const batches = [3, 2, 1, 0].map(sent);
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
