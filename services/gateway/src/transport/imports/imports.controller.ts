import { Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiQuery } from '@nestjs/swagger';
import { CampaignService, ImportRowVerdictsSchema, ImportSchema } from '@overture/contracts';
import type { FastifyRequest } from 'fastify';
import { importFile, type ImportOptions } from '../../app/import-file.js';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { plain } from '../http/plain.js';
import { publicJson } from '../http/public-json.js';
import { importCalls } from './import-calls.js';
import { ImportRowsQuery, ImportView, UploadForm, verdictView } from './import.dto.js';
import { uploadOf } from './upload.js';

export const IMPORT_LIMITS = 'OVERTURE_IMPORT_LIMITS';

const rpc = CampaignService.method;

@Resource('v1/imports', 'Imports')
export class ImportsController {
  constructor(
    private readonly backend: Backend,
    @Inject(IMPORT_LIMITS) private readonly limits: Omit<ImportOptions, 'mapping'>,
  ) {}

  @Post()
  @Route(
    'Read a file of leads: a mapping and a verdict per row, nothing imported yet (F046).',
    'leads:write',
  )
  @ApiConsumes('text/csv', 'multipart/form-data')
  @ApiBody({ type: UploadForm })
  @ApiQuery({ name: 'campaignId', required: false, description: 'Enrol the leads in it' })
  @ApiQuery({ name: 'mapping', required: false, description: 'JSON: column header → field' })
  @ApiQuery({ name: 'fileName', required: false })
  @Repeatable()
  @ApiCreatedResponse({ type: ImportView })
  async upload(@Req() request: FastifyRequest, @From() caller: Caller): Promise<ImportView> {
    const upload = await uploadOf(request);
    const calls = importCalls(this.backend, caller, upload);
    const options = { ...this.limits, mapping: upload.mapping };
    const done = await importFile(upload.bytes, calls, options);
    return {
      ...done,
      columns: [...done.columns],
      import: publicJson(ImportSchema, done.import),
      problems: done.problems.map(verdictView),
    };
  }

  @Get(':importId')
  @Route('How far an import is.', 'leads:read')
  @Answers(ImportSchema)
  get(@Param('importId', IdPipe) importId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getImport, { importId }, caller);
  }

  @Get(':importId/rows')
  @Route('The verdict of every row, in order.', 'leads:read')
  @Answers(ImportRowVerdictsSchema)
  rows(
    @Param('importId', IdPipe) importId: string,
    @Query() query: ImportRowsQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.listImportRows, { importId, ...plain(query) }, caller);
  }

  @Post(':importId/commit')
  @HttpCode(200)
  @Route('Make leads of all importable rows; it ends complete or not at all.', 'leads:write')
  @Repeatable()
  @Answers(ImportSchema)
  commit(@Param('importId', IdPipe) importId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.commitImport, { importId }, caller);
  }
}
