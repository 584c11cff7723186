import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { connect } from '@nats-io/transport-node';
import { ActionPlannedSchema, LeadEnrolledSchema, OpsService } from '@overture/contracts';
import type { ActionPlanned, LeadEnrolled, ListDeadLettersRequest } from '@overture/contracts';
import { Database } from '@overture/event-store';
import { DomainError, fromMs } from '@overture/kernel';
import { afterTests } from '@overture/testing';
import {
  Command,
  CommandContext,
  JetStreamStrategy,
  MessagingModule,
  OnEvent,
  RpcClient,
} from '../src/index.js';
import type { EventContext } from '../src/index.js';
import { commandSubject } from '../src/subjects.js';
import { Bed, follower, owner, range, tenant, writeDown } from './bed.js';

const method = OpsService.method.listDeadLetters;

@Controller()
class Probe {
  @Command(method)
  async list(@Payload() { limit }: ListDeadLettersRequest, @Ctx() { tenantId }: CommandContext) {
    if (limit === 0) throw new DomainError('limit/missing', 'Say how many.', { limit });
    return { nextCursor: `${tenantId} ${limit}` };
  }

  @OnEvent(LeadEnrolledSchema, ActionPlannedSchema)
  async on(@Payload() event: LeadEnrolled | ActionPlanned, @Ctx() context: EventContext) {
    if (context.version === 2) throw new DomainError('number/two', 'Not this one.');
    await writeDown(event, context);
  }
}

describe('Nest controllers', () => {
  it('answer commands and handle events through decorators alone', async () => {
    const bed = await Bed.make();
    const publisher = await bed.start(owner, { publishes: true });
    const nats = await connect(bed.nats.connectionOf(follower));
    const database = new Database({
      url: bed.addresses.services[follower]!.databaseUrl,
      schema: follower,
      applicationName: 'nest',
      clock: { now: () => fromMs(0) },
    });
    @Module({
      imports: [MessagingModule.forService({ service: follower, database, nats })],
      controllers: [Probe],
    })
    class Service {}
    const app = await NestFactory.createMicroservice(Service, {
      logger: false,
      useFactory: (strategy: JetStreamStrategy) => ({ strategy }),
      inject: [JetStreamStrategy],
    });
    afterTests(async () => {
      await app.close();
      await nats.close();
      await database.close();
    });
    await app.listen();
    expect(app.get(RpcClient)).toBeInstanceOf(RpcClient);

    const call = (limit: number) =>
      publisher.client.callSubject(commandSubject(method), method, {
        request: { limit },
        options: { tenantId: tenant },
      });
    expect(await call(3)).toMatchObject({ nextCursor: `${tenant} 3` });
    await expect(call(0)).rejects.toMatchObject({ code: 'limit/missing', values: { limit: 0 } });
    await bed.append('enrollment-1', range(1, 4));
    await bed.waitForSeen(3);
    expect(await bed.versionsSeen('enrollment-1')).toEqual([1, 3, 4]);
  });
});
