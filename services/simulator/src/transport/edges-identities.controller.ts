import { Body, Controller, Get, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '@overture/kernel';
import type { Answer } from '../app/answer.js';
import { createIdentity, identities, identity, integration, loginLink } from '../app/identities.js';
import { objectOr } from '../app/request.js';
import { WorldStore } from '../app/ports.js';
import type { Sql } from '../store/sql.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { respond } from './respond.js';

@Controller('edges/v1/identities')
@UseGuards(ApiKeyGuard)
export class EdgesIdentitiesController {
  constructor(
    private readonly store: WorldStore,
    private readonly clock: Clock,
  ) {}

  @Post()
  create(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const given = objectOr(body) ?? { body };
    return this.answer(reply, (sql) => createIdentity(sql, given, this.clock.now()));
  }

  @Get()
  list(
    @Query('query') query: string | undefined,
    @Query('page') page: string | undefined,
    @Query('retrieve_accounts') withAccounts: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = {
      query: query ?? '',
      page: Math.max(1, Number(page) || 1),
      withAccounts: withAccounts === 'true',
    };
    return this.answer(reply, (sql) => identities(sql, wanted));
  }

  @Get(':uid')
  read(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => identity(sql, uid));
  }

  @Post(':uid/generate-login-links')
  loginLinks(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => loginLink(sql, uid, this.clock.now()));
  }

  @Get(':uid/integrations/linkedin')
  integration(@Param('uid') uid: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, (sql) => integration(sql, uid, this.clock.now()));
  }

  private async answer(reply: FastifyReply, work: (sql: Sql) => Promise<Answer>): Promise<void> {
    await respond(reply, { answer: await this.store.change(work) });
  }
}
