import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { ActionClaimedSchema, type ActionClaimed } from '@overture/contracts';
import { OnEvent, type EventContext } from '@overture/messaging';
import { reserveAttempt } from '../app/reserve-attempt.js';
import { SenderDeps } from '../app/sender-deps.js';
import { attemptOf } from './attempt-of.js';
import { AttemptLoop } from './attempt.loop.js';

@Controller()
export class InboxController {
  constructor(
    private readonly deps: SenderDeps,
    private readonly loop: AttemptLoop,
  ) {}

  @OnEvent(ActionClaimedSchema)
  async onActionClaimed(
    @Payload() event: ActionClaimed,
    @Ctx() { tenantId, tx, meta }: EventContext,
  ) {
    await reserveAttempt(this.deps, tx, { tenantId, attempt: attemptOf(event), meta });
    tx.afterCommit(() => this.loop.wake());
  }
}
