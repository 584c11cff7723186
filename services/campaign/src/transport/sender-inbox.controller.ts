import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  AttemptAbsentSchema,
  AttemptAcceptedSchema,
  AttemptConfirmedSchema,
  AttemptRejectedSchema,
  AttemptReleasedSchema,
  AttemptUndecidedSchema,
  AttemptUnknownSchema,
  type AttemptAbsent,
  type AttemptAccepted,
  type AttemptConfirmed,
  type AttemptRef,
  type AttemptRejected,
  type AttemptReleased,
  type AttemptUndecided,
  type AttemptUnknown,
} from '@overture/contracts';
import { OnEvent, type EventContext } from '@overture/messaging';
import { Ports } from '../app/ports.js';
import { recordOutcome, type Claim } from '../app/record-attempts.js';
import { recognize } from '../app/recognize-person.js';

/** What became of each claim. */
@Controller()
export class SenderInboxController {
  constructor(private readonly ports: Ports) {}

  @OnEvent(AttemptAcceptedSchema)
  async onAccepted(@Payload() event: AttemptAccepted, @Ctx() context: EventContext) {
    const { attempt, alreadyConnected, fingerprints } = event;
    const outcome = { type: 'accepted', alreadyConnected } as const;
    await recordOutcome(this.ports, context, claimOf(attempt), outcome);
    const leadId = attempt?.enrollment?.leadId ?? '';
    await recognize(this.ports, context, { leadId, fingerprints });
  }

  @OnEvent(AttemptConfirmedSchema)
  onConfirmed(@Payload() { attempt }: AttemptConfirmed, @Ctx() context: EventContext) {
    return recordOutcome(this.ports, context, claimOf(attempt), { type: 'confirmed' });
  }

  @OnEvent(AttemptRejectedSchema)
  onRejected(@Payload() { attempt, label }: AttemptRejected, @Ctx() context: EventContext) {
    return recordOutcome(this.ports, context, claimOf(attempt), { type: 'rejected', label });
  }

  @OnEvent(AttemptUnknownSchema)
  onUnknown(@Payload() { attempt }: AttemptUnknown, @Ctx() context: EventContext) {
    return recordOutcome(this.ports, context, claimOf(attempt), { type: 'unknown' });
  }

  @OnEvent(AttemptAbsentSchema)
  onAbsent(@Payload() { attempt }: AttemptAbsent, @Ctx() context: EventContext) {
    return recordOutcome(this.ports, context, claimOf(attempt), { type: 'absent' });
  }

  @OnEvent(AttemptUndecidedSchema)
  onUndecided(@Payload() { attempt }: AttemptUndecided, @Ctx() context: EventContext) {
    return recordOutcome(this.ports, context, claimOf(attempt), { type: 'undecided' });
  }

  @OnEvent(AttemptReleasedSchema)
  onReleased(@Payload() { attempt, cause }: AttemptReleased, @Ctx() context: EventContext) {
    return recordOutcome(this.ports, context, claimOf(attempt), { type: 'released', cause });
  }
}

function claimOf(attempt: AttemptRef | undefined): Claim {
  const { actionId = '', epoch = 0, enrollment } = attempt ?? {};
  return { enrollmentId: enrollment?.enrollmentId ?? '', actionId, epoch };
}
