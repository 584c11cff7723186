import { addLeads } from '../src/app/add-leads.js';
import { campaignStats, listActions } from '../src/app/campaign-stats.js';
import { getCampaign, listCampaigns, updateCampaign } from '../src/app/campaigns.js';
import { pauseLead, stopLead } from '../src/app/control-lead.js';
import {
  addDoNotContact,
  listDoNotContact,
  removeDoNotContact,
} from '../src/app/do-not-contact.js';
import { appendImportRows } from '../src/app/import-rows.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { getLead, listLeadEvents, listLeads } from '../src/app/leads.js';
import { pauseCampaign } from '../src/app/run-campaign.js';
import { commitImport, getImport, listImportRows, startImport } from '../src/app/run-import.js';
import {
  inScope,
  launched,
  otherWorkspace,
  people,
  person,
  startWorld,
  type World,
} from './world.js';

let ours: World;
let theirs: World;
beforeAll(async () => {
  theirs = await startWorld();
  ours = otherWorkspace(theirs);
});

const page = { limit: 50, cursor: '' };

it('A workspace finds nothing of another one, by any id (P10, F126)', async () => {
  const { ports } = theirs;
  const { campaignId, leadIds } = await launched(theirs, people(2, 'secret'));
  const leadId = leadIds[0]!;
  const { enrollments } = await getLead(ports, theirs.caller, leadId);
  const { enrollmentId, nextActionId } = enrollments[0]!;
  const entry = { linkedinUrl: '', companyName: 'Their Enemy', reason: '' };
  const { entryId } = await addDoNotContact(ports, theirs.caller, entry);
  const started = { campaignId: '', fileName: 'f', mapping: {} };
  const { importId } = await startImport(ports, theirs.caller, started);
  const { caller } = ours;
  const control = { leadId, enrollmentId: '', reason: '' };
  const intent = {
    enrollmentId,
    actionId: nextActionId,
    epoch: 1,
    syncedAt: theirs.clock.now(),
    relation: 'first_degree' as const,
  };
  const attempts: (() => Promise<unknown>)[] = [
    () => getCampaign(ports, caller, campaignId),
    () => updateCampaign(ports, caller, { campaignId, name: 'ours', expectedVersion: 0 }),
    () => launchCampaign(ports, caller, { campaignId, expectedVersion: 0 }),
    () => pauseCampaign(ports, caller, { campaignId, cause: '' }),
    () => campaignStats(ports, caller, campaignId),
    () => addLeads(ports, caller, { campaignId, leads: [person('Spy')] }),
    () => getLead(ports, caller, leadId),
    () => listLeadEvents(ports, caller, { leadId, ...page }),
    () => pauseLead(ports, caller, control),
    () => stopLead(ports, caller, control),
    () => intendAction(ports, caller, intent),
    () => removeDoNotContact(ports, caller, entryId),
    () => getImport(ports, caller, importId),
    () => appendImportRows(ports, caller, { importId, batch: 0, rows: [] }),
    () => commitImport(ports, caller, importId),
    () => startImport(ports, caller, { ...started, campaignId }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({
      code: expect.stringMatching(/\/not-found$/) as string,
    });
  }
  const everything = { ...page, campaignId: '', identityId: '', status: '' };
  for (const { items } of [
    await listCampaigns(ports, caller, page),
    await listLeads(ports, caller, everything),
    await listActions(ports, caller, everything),
    await listDoNotContact(ports, caller, { ...page, kind: '' }),
    await listImportRows(ports, caller, { importId, verdict: '', ...page }),
  ]) {
    expect(items).toEqual([]);
  }
});

it('The same person in two workspaces has two fingerprints and two fates (P10)', async () => {
  const lead = person('Shared');
  await launched(theirs, [lead]);
  const { leadIds } = await launched(ours, [lead]);
  expect(leadIds).toHaveLength(1);
  const name = (world: World) => world.ports.names.read(world.caller.tenantId, lead.linkedinUrl);
  expect(name(ours)).not.toEqual(name(theirs));
});

it('A transaction without a workspace sees no row of any table', async () => {
  const { rows } = await ours.ports.database.tenant('', (tx) =>
    tx.query<{ table_name: string }>(
      `select table_name from information_schema.columns
       where table_schema = current_schema() and column_name = 'tenant_id'`,
    ),
  );
  expect(rows.length).toBeGreaterThan(15);
  for (const { table_name: table } of rows) {
    const found = await ours.ports.database.tenant('', (tx) =>
      tx.query(`select from ${table} limit 1`),
    );
    expect([table, found.rowCount]).toEqual([table, 0]);
  }
  expect(
    await inScope(ours, ({ tx }) => tx.query('select from leads')).then((r) => r.rowCount),
  ).toBe(1);
});

it('Nothing that is stored names a person in clear (P11)', async () => {
  await launched(ours, [
    person('Clearname', { email: 'clearname@example.com', companyName: 'Clearwater Co' }),
  ]);
  const tables = [
    'leads',
    'lead_fingerprints',
    'enrollments',
    'actions',
    'events',
    'import_staged',
  ];
  for (const table of tables) {
    const { rows } = await inScope(ours, ({ tx }) =>
      tx.query<{ text: string }>(
        `select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`,
      ),
    );
    expect(rows[0]!.text).not.toMatch(/clear(name|water)/i);
  }
});
