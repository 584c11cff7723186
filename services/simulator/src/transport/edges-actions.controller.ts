import { Body, Controller, Get, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '@overture/kernel';
import { createRun } from '../app/async-run.js';
import { limitReport } from '../app/limit-report.js';
import { liveRun } from '../app/live-run.js';
import { objectOr, type RunRequest } from '../app/request.js';
import { WorldStore } from '../app/ports.js';
import { readWorld } from '../store/world.sql.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { respond } from './respond.js';

@Controller('edges/v1')
@UseGuards(ApiKeyGuard)
export class EdgesActionsController {
  constructor(
    private readonly store: WorldStore,
    private readonly clock: Clock,
  ) {}

  @Post('actions/:action/run/live')
  async live(
    @Param('action') action: string,
    @Body() body: unknown,
    @Query('cursor') cursor: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const request = this.request(action, body, cursor);
    await respond(reply, await this.store.change((sql) => liveRun(sql, request)));
  }

  @Post('actions/:action/run/async')
  async background(
    @Param('action') action: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const request = this.request(action, body);
    await respond(reply, { answer: await this.store.change((sql) => createRun(sql, request)) });
  }

  @Get('identities/:uid/actions/:action/limits')
  async limits(
    @Param('uid') identityUid: string,
    @Param('action') action: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.store.change(async (sql) => {
      const scene = { sql, world: await readWorld(sql), now: this.clock.now() };
      return limitReport(scene, { identityUid, action });
    });
    await respond(reply, { answer });
  }

  private request(action: string, body: unknown, cursor?: string): RunRequest {
    const request = { action, body: objectOr(body) ?? { body }, now: this.clock.now() };
    return cursor === undefined ? request : { ...request, cursor };
  }
}
