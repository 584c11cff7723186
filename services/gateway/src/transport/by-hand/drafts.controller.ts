import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  DecideDraftsReportSchema,
  DraftPageSchema,
  DraftSchema,
  HandService,
  LeadSchema,
  TaskPageSchema,
} from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { decideDraftsMs } from '../deadlines.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { plain } from '../http/plain.js';
import { DecideDraftsDto, DraftsQuery, ReasonDto, WordsDto } from './by-hand.dto.js';

const rpc = HandService.method;

/** What waits for a person, in a workspace. */
@Resource('v1', 'Review')
export class DraftsController {
  constructor(private readonly backend: Backend) {}

  @Get('drafts')
  @Route('Texts that wait for an approval, the longest first (F069).', 'leads:read')
  @Answers(DraftPageSchema)
  list(@Query() query: DraftsQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listDrafts, plain(query), caller);
  }

  @Post('drafts/decide')
  @HttpCode(200)
  @Route('Approve or skip many; each has its own result (F116).', 'leads:write')
  @Repeatable()
  @Answers(DecideDraftsReportSchema)
  decide(@Body() body: DecideDraftsDto, @From() caller: Caller) {
    return this.backend.ask(rpc.decideDrafts, plain(body), caller, decideDraftsMs);
  }

  @Get('drafts/:actionId')
  @Route('Exactly what would be sent (F066).', 'leads:read')
  @Answers(DraftSchema)
  get(@Param('actionId', IdPipe) actionId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getDraft, { actionId }, caller);
  }

  @Get('tasks')
  @Route('What people are asked to do, what is due first (F011).', 'leads:read')
  @Answers(TaskPageSchema)
  tasks(@Query() query: DraftsQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listTasks, plain(query), caller);
  }

  @Post('tasks/:actionId/complete')
  @HttpCode(200)
  @Route('Tick it off; the lead goes on.', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  complete(@Param('actionId', IdPipe) actionId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.completeTask, { actionId }, caller);
  }

  @Post('actions/:actionId/approve')
  @HttpCode(200)
  @Route('Approve a draft, with other words if any are given (S3-32, S1-36).', 'leads:write')
  @Repeatable()
  @Answers(DraftSchema)
  approve(
    @Param('actionId', IdPipe) actionId: string,
    @Body() body: WordsDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.approveDraft, { actionId, ...words(body) }, caller);
  }

  @Post('actions/:actionId/edit')
  @HttpCode(200)
  @Route('Change the words of a draft; it still waits for its approval (F070).', 'leads:write')
  @Repeatable()
  @Answers(DraftSchema)
  edit(
    @Param('actionId', IdPipe) actionId: string,
    @Body() body: WordsDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.editDraft, { actionId, ...words(body) }, caller);
  }

  @Post('actions/:actionId/skip')
  @HttpCode(200)
  @Route('Leave a draft out; the lead goes on with its next step (S3-21).', 'leads:write')
  @Repeatable()
  @Answers(DraftSchema)
  skip(
    @Param('actionId', IdPipe) actionId: string,
    @Body() { reason }: ReasonDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.skipDraft, { actionId, reason }, caller);
  }

  @Post('actions/:actionId/retry')
  @HttpCode(200)
  @Route('Try again the one action that failed or halted its lead (S2-39).', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  retry(
    @Param('actionId', IdPipe) actionId: string,
    @Body() { reason }: ReasonDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.retryActionOf, { actionId, reason }, caller);
  }
}

function words({ text, subject }: WordsDto) {
  return { ...(text !== undefined && { text }), ...(subject !== undefined && { subject }) };
}
