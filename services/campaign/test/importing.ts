import { appendImportRows, type FileRow } from '../src/app/import-rows.js';
import { listLeads } from '../src/app/leads.js';
import type { NewLead } from '../src/app/lead-details.js';
import { commitImport, finishImport, getImport, startImport } from '../src/app/run-import.js';
import { inScope, settle, type World } from './world.js';

export const rowsOf = (leads: readonly NewLead[], first = 2): FileRow[] =>
  leads.map((lead, index) => ({ rowNo: first + index, lead, problem: '' }));

/** What a gateway does with a file, and what is seen of it, in a world. */
export function importingInto(world: () => World) {
  async function begin(campaignId = ''): Promise<string> {
    const wanted = { campaignId, fileName: 'leads.csv', mapping: { 'First Name': 'firstName' } };
    return (await startImport(world().ports, world().caller, wanted)).importId;
  }

  const append = (importId: string, batch: number, rows: readonly FileRow[]) =>
    appendImportRows(world().ports, world().caller, { importId, batch, rows });

  async function finishAndCommit(importId: string) {
    await finishImport(world().ports, world().caller, importId);
    await commitImport(world().ports, world().caller, importId);
  }

  async function importAll(leads: readonly NewLead[], campaignId = '') {
    const importId = await begin(campaignId);
    await append(importId, 0, rowsOf(leads));
    await finishAndCommit(importId);
    await settle(world());
    return getImport(world().ports, world().caller, importId);
  }

  async function listedLeads() {
    const wanted = { limit: 200, cursor: '', campaignId: '', status: '' };
    return (await listLeads(world().ports, world().caller, wanted)).items;
  }

  async function enrolledCount(campaignId: string): Promise<number> {
    const { rows } = await inScope(world(), ({ tx, tenantId }) =>
      tx.query<{ count: number }>(
        'select count(*) from enrollments where tenant_id = $1 and campaign_id = $2',
        [tenantId, campaignId],
      ),
    );
    return rows[0]!.count;
  }

  async function everyRowOf(tables: readonly string[]): Promise<string> {
    const texts = await inScope(world(), async ({ tx }) => {
      const found: string[] = [];
      for (const table of tables) {
        const text = `select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`;
        found.push((await tx.query<{ text: string }>(text)).rows[0]!.text);
      }
      return found;
    });
    return texts.join('');
  }

  async function settleCampaign(campaignId: string) {
    await inScope(world(), ({ tx, tenantId }) =>
      tx.query(
        'update enrollments set ended_at = now() where tenant_id = $1 and campaign_id = $2',
        [tenantId, campaignId],
      ),
    );
  }

  return {
    begin,
    append,
    finishAndCommit,
    importAll,
    listedLeads,
    enrolledCount,
    everyRowOf,
    settleCampaign,
  };
}
