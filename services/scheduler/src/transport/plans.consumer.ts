import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  ActionDroppedSchema,
  ActionPlannedSchema,
  ActionSucceededSchema,
  EnrollmentCompletedSchema,
  EnrollmentExpiredSchema,
  EnrollmentFailedSchema,
  EnrollmentHaltedSchema,
  EnrollmentPausedSchema,
  EnrollmentResumedSchema,
  EnrollmentSkippedSchema,
  EnrollmentStoppedSchema,
  EnrollmentWithdrawnSchema,
  type ActionDropped,
  type ActionPlanned,
  type ActionSucceeded,
  type EnrollmentPaused,
  type EnrollmentRef,
  type EnrollmentResumed,
  type EnrollmentStopped,
} from '@overture/contracts';
import { OnEvent, type EventContext } from '@overture/messaging';
import { instant } from '@overture/kernel';
import { Timetable } from '../app/ports.js';
import { kindFromContract } from '../kinds.js';
import { refOf } from './enrollment-ref.js';

/** A lost login pauses every lead of an identity. Its gate does that at once, and is shut before these arrive. */
const pauseOfLogin = /^auth-/;

/** What campaign wants done, and wants no more. */
@Controller()
export class PlansConsumer {
  constructor(private readonly timetable: Timetable) {}

  @OnEvent(ActionPlannedSchema)
  onActionPlanned(@Payload() event: ActionPlanned, @Ctx() context: EventContext): void {
    const { enrollmentId: _, ...ref } = refOf(event.enrollment);
    const { actionId, zone, priority, firstTouch } = event;
    const kind = kindFromContract(event.kind);
    const dueAt = instant(event.notBefore);
    const { hasNote, companyKey } = event;
    const when = { zone, priority, firstTouch, dueAt };
    this.in(context).plan({ ...ref, actionId, kind, ...when, hasNote, companyKey });
  }

  @OnEvent(ActionDroppedSchema, ActionSucceededSchema)
  onActionOver(
    @Payload() event: ActionDropped | ActionSucceeded,
    @Ctx() context: EventContext,
  ): void {
    this.in(context).dropAction(refOf(event.enrollment), event.actionId);
  }

  @OnEvent(
    EnrollmentCompletedSchema,
    EnrollmentFailedSchema,
    EnrollmentSkippedSchema,
    EnrollmentExpiredSchema,
    EnrollmentWithdrawnSchema,
    EnrollmentHaltedSchema,
  )
  onEnrollmentOver(
    @Payload() event: { enrollment?: EnrollmentRef | undefined },
    @Ctx() context: EventContext,
  ): void {
    this.in(context).dropEnrollment(refOf(event.enrollment));
  }

  /** Of a stop for a colleague's reply every action is dropped by its own event: the lead may come back, and its pauses. */
  @OnEvent(EnrollmentStoppedSchema)
  onEnrollmentStopped(@Payload() event: EnrollmentStopped, @Ctx() context: EventContext): void {
    if (event.companyKey === '') this.onEnrollmentOver(event, context);
  }

  @OnEvent(EnrollmentPausedSchema)
  onEnrollmentPaused(@Payload() event: EnrollmentPaused, @Ctx() context: EventContext): void {
    this.pause(context, event, true);
  }

  @OnEvent(EnrollmentResumedSchema)
  onEnrollmentResumed(@Payload() event: EnrollmentResumed, @Ctx() context: EventContext): void {
    this.pause(context, event, false);
  }

  private pause(
    context: EventContext,
    { enrollment, pauseId }: EnrollmentPaused | EnrollmentResumed,
    open: boolean,
  ): void {
    if (pauseOfLogin.test(pauseId)) return;
    const { identityId, enrollmentId } = refOf(enrollment);
    this.in(context).pauseEnrollment({ identityId, enrollmentId, pauseId, open });
  }

  private in({ tx, tenantId }: EventContext) {
    return this.timetable.changesOf(tx, tenantId);
  }
}
