import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  CampaignService,
  type IntendActionRequest,
  type ListActionsRequest,
} from '@overture/contracts';
import { Command, CommandContext } from '@overture/messaging';
import { instantOf } from '@overture/service-kit';
import { listActions } from '../app/campaign-stats.js';
import { intendAction } from '../app/intend-action.js';
import { Ports } from '../app/ports.js';
import { actionMessage } from './answers.js';
import { kindMessage } from './enums.js';
import { callerOf, pageWanted, relationOf } from './requests.js';

@Controller()
export class ActionsController {
  constructor(private readonly ports: Ports) {}

  @Command(CampaignService.method.intendAction)
  async intend(@Payload() request: IntendActionRequest, @Ctx() context: CommandContext) {
    const { enrollmentId, actionId, epoch, withoutNote } = request;
    const syncedAt = instantOf(request.syncedAt, '/syncedAt');
    const relation = relationOf(request.relation);
    const intent = { enrollmentId, actionId, epoch, syncedAt, relation, withoutNote };
    const authorised = await intendAction(this.ports, callerOf(context), intent);
    const { kind, fingerprints, ...answer } = authorised;
    return { ...answer, kind: kindMessage(kind), fingerprints: [...fingerprints] };
  }

  @Command(CampaignService.method.listActions)
  async list(@Payload() request: ListActionsRequest, @Ctx() context: CommandContext) {
    const { campaignId, identityId, status } = request;
    const wanted = { ...pageWanted(request), campaignId, identityId, status };
    const { items, nextCursor } = await listActions(this.ports, callerOf(context), wanted);
    return { actions: items.map(actionMessage), nextCursor };
  }
}
