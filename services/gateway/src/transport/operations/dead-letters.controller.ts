import { Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  DeadLetterPageSchema,
  OpsService,
  ReleaseDeadLetterResponseSchema,
} from '@overture/contracts';
import { IsIn } from 'class-validator';
import { Answers, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';

const services = ['campaign', 'scheduler', 'sender', 'sync', 'webhook'] as const;

export class ServiceQuery {
  @ApiProperty({ enum: services })
  @IsIn(services)
  service!: string;
}

export class DeadLettersQuery extends PageQuery {
  @ApiProperty({ enum: services })
  @IsIn(services)
  service!: string;
}

@Resource('v1/dead-letters', 'Operations')
export class DeadLettersController {
  constructor(private readonly backend: Backend) {}

  @Get()
  @Route('Events that a service could not handle; only their own stream waits.', 'operations:read')
  @Answers(DeadLetterPageSchema)
  list(@Query() { service, ...page }: DeadLettersQuery, @From() caller: Caller) {
    return this.backend.askOps(service, OpsService.method.listDeadLetters, page, caller);
  }

  @Post(':deadLetterId/release')
  @HttpCode(200)
  @Route('Read its stream again from there, in order.', 'operations:write')
  @Answers(ReleaseDeadLetterResponseSchema)
  release(
    @Param('deadLetterId', IdPipe) deadLetterId: string,
    @Query() { service }: ServiceQuery,
    @From() caller: Caller,
  ) {
    const method = OpsService.method.releaseDeadLetter;
    return this.backend.askOps(service, method, { deadLetterId }, caller);
  }
}
