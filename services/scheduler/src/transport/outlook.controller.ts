import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { OutlookService, type OutlookRequest } from '@overture/contracts';
import { Clock } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { hoursMessage } from '@overture/service-kit';
import { Outlooks, type IdentityOutlook } from '../app/outlooks.js';
import { kindToContract } from '../kinds.js';

@Controller()
export class OutlookController {
  constructor(
    private readonly outlooks: Outlooks,
    private readonly clock: Clock,
  ) {}

  @Command(OutlookService.method.getOutlook)
  async getOutlook(
    @Payload() { identityIds }: OutlookRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const found = await this.outlooks.of(tenantId, identityIds, this.clock.now());
    return { identities: found.map(outlookMessage) };
  }
}

function outlookMessage(outlook: IdentityOutlook) {
  const { gate, breaker, rampStartedAt = '', pendingInvitations = -1, hours, ...known } = outlook;
  return {
    ...known,
    rampStartedAt,
    pendingInvitations,
    gateOpen: gate.open,
    gateCause: gate.cause ?? '',
    breakerJson: breaker === undefined ? '' : JSON.stringify(breaker),
    ...(hours && { hours: hoursMessage(hours) }),
    uses: outlook.uses.map(({ kind, ...use }) => ({ ...use, kind: kindToContract(kind) })),
    holds: outlook.holds.map(({ kind, ...hold }) => ({ ...hold, kind: kindToContract(kind) })),
  };
}
