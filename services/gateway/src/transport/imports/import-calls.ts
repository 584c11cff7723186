import { CampaignService, type Import } from '@overture/contracts';
import type { LeadRow } from '@overture/lead-import';
import type { ImportCalls } from '../../app/import-file.js';
import { importBatchMs } from '../deadlines.js';
import type { Backend } from '../http/backend.js';
import type { Caller } from '../http/caller.js';
import type { Upload } from './upload.js';

const rpc = CampaignService.method;

/** An import of this upload at the campaign service, in the name of the caller. */
export function importCalls(
  backend: Backend,
  caller: Caller,
  { campaignId, fileName }: Upload,
): ImportCalls<Import> {
  return {
    async start({ columns }) {
      const mapping = Object.fromEntries(columns.map(({ header, field }) => [header, field]));
      const request = { campaignId, fileName, mapping };
      return (await backend.call(rpc.startImport, request, caller)).importId;
    },
    async append(importId, batch, rows) {
      const request = { importId, batch, rows: rows.map(rowMessage) };
      return (await backend.call(rpc.appendImportRows, request, caller, importBatchMs)).rows;
    },
    finish: (importId) => backend.call(rpc.finishImport, { importId }, caller),
  };
}

function rowMessage({ row, lead, problem }: LeadRow) {
  return problem === undefined ? { row, lead: { ...lead } } : { row, problem: problem.message };
}
