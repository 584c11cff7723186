import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  CampaignService,
  type AppendImportRowsRequest,
  type CommitImportRequest,
  type ImportIdRequest,
  type ListImportRowsRequest,
  type StartImportRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { appendImportRows } from '../app/import-rows.js';
import { Ports } from '../app/ports.js';
import {
  commitImport,
  finishImport,
  getImport,
  listImportRows,
  startImport,
} from '../app/run-import.js';
import { importMessage, rowVerdictMessage } from './answers.js';
import { callerOf, leadOf, pageWanted } from './requests.js';

@Controller()
export class ImportsController {
  constructor(private readonly ports: Ports) {}

  @Command(CampaignService.method.startImport)
  async start(@Payload() request: StartImportRequest, @Ctx() context: CommandContext) {
    return importMessage(await startImport(this.ports, callerOf(context), request));
  }

  @Command(CampaignService.method.appendImportRows)
  async append(@Payload() request: AppendImportRowsRequest, @Ctx() context: CommandContext) {
    const { importId, batch } = request;
    const rows = request.rows.map(({ row, lead, problem }) => {
      return { rowNo: row, lead: leadOf(lead), problem };
    });
    const wanted = { importId, batch, rows };
    const verdicts = await appendImportRows(this.ports, callerOf(context), wanted);
    return { rows: verdicts.map(rowVerdictMessage) };
  }

  @Command(CampaignService.method.finishImport)
  async finish(@Payload() request: ImportIdRequest, @Ctx() context: CommandContext) {
    return importMessage(await finishImport(this.ports, callerOf(context), request.importId));
  }

  @Command(CampaignService.method.commitImport)
  async commit(@Payload() request: CommitImportRequest, @Ctx() context: CommandContext) {
    return importMessage(await commitImport(this.ports, callerOf(context), request.importId));
  }

  @Command(CampaignService.method.getImport)
  async get(@Payload() request: ImportIdRequest, @Ctx() context: CommandContext) {
    return importMessage(await getImport(this.ports, callerOf(context), request.importId));
  }

  @Command(CampaignService.method.listImportRows)
  async listRows(@Payload() request: ListImportRowsRequest, @Ctx() context: CommandContext) {
    const { importId, verdict } = request;
    const wanted = { ...pageWanted(request), importId, verdict };
    const { items, nextCursor } = await listImportRows(this.ports, callerOf(context), wanted);
    return { rows: items.map(rowVerdictMessage), nextCursor };
  }
}
