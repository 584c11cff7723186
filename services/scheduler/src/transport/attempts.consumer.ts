import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  AttemptAbsentSchema,
  AttemptAcceptedSchema,
  AttemptConfirmedSchema,
  AttemptRejectedSchema,
  AttemptReleasedSchema,
  AttemptReservedSchema,
  AttemptUndecidedSchema,
  AttemptUnknownSchema,
  type AttemptAbsent,
  type AttemptAccepted,
  type AttemptConfirmed,
  type AttemptRef,
  type AttemptRejected,
  type AttemptReleased,
  type AttemptReserved,
  type AttemptUndecided,
  type AttemptUnknown,
} from '@overture/contracts';
import { instant } from '@overture/kernel';
import { OnEvent, type EventContext } from '@overture/messaging';
import type { AttemptNews } from '@overture/planner';
import { Timetable } from '../app/ports.js';
import { kindFromContract } from '../kinds.js';
import { refOf } from './enrollment-ref.js';

interface AttemptEvent {
  readonly attempt?: AttemptRef | undefined;
  readonly at: string;
}

/** What became of each claim. */
@Controller()
export class AttemptsConsumer {
  constructor(private readonly timetable: Timetable) {}

  @OnEvent(AttemptReservedSchema)
  onReserved(@Payload() event: AttemptReserved, @Ctx() context: EventContext): void {
    this.news(context, event, 'reserved');
  }

  @OnEvent(AttemptAcceptedSchema)
  onAccepted(@Payload() event: AttemptAccepted, @Ctx() context: EventContext): void {
    this.news(context, event, 'accepted');
  }

  @OnEvent(AttemptRejectedSchema)
  onRejected(@Payload() event: AttemptRejected, @Ctx() context: EventContext): void {
    const { label: cause, postponedUntil } = event;
    this.news(context, event, 'rejected', { cause, ...retryAt(postponedUntil) });
  }

  @OnEvent(AttemptUnknownSchema)
  onUnknown(@Payload() event: AttemptUnknown, @Ctx() context: EventContext): void {
    this.news(context, event, 'unknown');
  }

  @OnEvent(AttemptConfirmedSchema)
  onConfirmed(@Payload() event: AttemptConfirmed, @Ctx() context: EventContext): void {
    this.news(context, event, 'confirmed');
    const { enrollment, actionId, kind } = attemptOf(event);
    this.timetable.changesOf(context.tx, context.tenantId).countLate({
      identityId: refOf(enrollment).identityId,
      actionId,
      kind: kindFromContract(kind),
    });
  }

  @OnEvent(AttemptAbsentSchema)
  onAbsent(@Payload() event: AttemptAbsent, @Ctx() context: EventContext): void {
    this.news(context, event, 'absent');
  }

  @OnEvent(AttemptUndecidedSchema)
  onUndecided(@Payload() event: AttemptUndecided, @Ctx() context: EventContext): void {
    this.news(context, event, 'undecided');
  }

  @OnEvent(AttemptReleasedSchema)
  onReleased(@Payload() event: AttemptReleased, @Ctx() context: EventContext): void {
    const { cause } = event;
    this.news(context, event, 'released', { cause, ...retryAt(event.retryAt) });
  }

  private news(
    { tx, tenantId }: EventContext,
    event: AttemptEvent,
    type: AttemptNews['type'],
    more: Pick<AttemptNews, 'cause' | 'retryAt'> = {},
  ): void {
    const { enrollment, actionId, epoch } = attemptOf(event);
    const { identityId } = refOf(enrollment);
    const at = instant(event.at);
    const news = { type, identityId, actionId, epoch, at, ...more };
    this.timetable.changesOf(tx, tenantId).attempt(news);
  }
}

function attemptOf({ attempt }: AttemptEvent): AttemptRef {
  if (attempt === undefined) throw new Error('Expected an event about an attempt.');
  return attempt;
}

function retryAt(text: string): Pick<AttemptNews, 'retryAt'> {
  return text === '' ? {} : { retryAt: instant(text) };
}
