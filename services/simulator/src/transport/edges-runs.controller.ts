import { Controller, Get, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '@overture/kernel';
import type { Answer } from '../app/answer.js';
import { resumeRun } from '../app/async-run.js';
import { WorldStore } from '../app/ports.js';
import {
  callback,
  callbacks,
  run,
  runInputs,
  runOutputs,
  runs,
  runStatus,
  type Wanted,
} from '../app/runs.js';
import type { Sql } from '../store/sql.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { respond } from './respond.js';

@Controller('edges/v1/runs')
@UseGuards(ApiKeyGuard)
export class EdgesRunsController {
  constructor(
    private readonly store: WorldStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  list(@Query() wanted: Wanted, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => runs(sql, wanted));
  }

  @Get('callbacks')
  listCallbacks(@Query() wanted: Wanted, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => callbacks(sql, wanted));
  }

  @Get('callbacks/:uid')
  readCallback(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => callback(sql, uid));
  }

  @Get(':uid')
  read(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => run(sql, uid));
  }

  @Get(':uid/status')
  status(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => runStatus(sql, uid));
  }

  @Get(':uid/outputs')
  outputs(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => runOutputs(sql, uid));
  }

  @Get(':uid/inputs')
  inputs(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => runInputs(sql, uid));
  }

  @Post(':uid/resume')
  resume(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => resumeRun(sql, uid, this.clock.now()));
  }

  private async answer(reply: FastifyReply, work: (sql: Sql) => Promise<Answer>): Promise<void> {
    await respond(reply, { answer: await this.store.change(work) });
  }
}
