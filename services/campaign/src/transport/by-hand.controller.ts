import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  HandService,
  type ActionIdRequest,
  type CorrectReplyRequest,
  type DecideDraftsRequest,
  type EditDraftRequest,
  type LeadControlRequest,
  type ListDraftsRequest,
} from '@overture/contracts';
import { InvalidInputError } from '@overture/kernel';
import { Command, CommandContext } from '@overture/messaging';
import { removeLead } from '../app/control-lead.js';
import { correctAcceptance, correctReply, retryActionOf, skipStep } from '../app/correct-lead.js';
import { completeTask, listTasks } from '../app/do-tasks.js';
import { Ports } from '../app/ports.js';
import {
  approveDraft,
  decideDrafts,
  editDraft,
  getDraft,
  listDrafts,
  skipDraft,
} from '../app/review-drafts.js';
import { leadMessage } from './answers.js';
import { draftMessage, editOf, taskMessage } from './draft-answers.js';
import { callerOf, pageWanted } from './requests.js';

/** Drafts decided in one call. */
const decisionsMax = 500;

@Controller()
export class ByHandController {
  constructor(private readonly ports: Ports) {}

  @Command(HandService.method.listDrafts)
  async drafts(@Payload() request: ListDraftsRequest, @Ctx() context: CommandContext) {
    const { campaignId, status } = request;
    const wanted = { ...pageWanted(request), campaignId, status };
    const { items, nextCursor } = await listDrafts(this.ports, callerOf(context), wanted);
    return { drafts: items.map(draftMessage), nextCursor };
  }

  @Command(HandService.method.getDraft)
  async draft(@Payload() { actionId }: ActionIdRequest, @Ctx() context: CommandContext) {
    return draftMessage(await getDraft(this.ports, callerOf(context), actionId));
  }

  @Command(HandService.method.editDraft)
  async edit(@Payload() request: EditDraftRequest, @Ctx() context: CommandContext) {
    return draftMessage(await editDraft(this.ports, callerOf(context), editOf(request)));
  }

  @Command(HandService.method.approveDraft)
  async approve(@Payload() request: EditDraftRequest, @Ctx() context: CommandContext) {
    return draftMessage(await approveDraft(this.ports, callerOf(context), editOf(request)));
  }

  @Command(HandService.method.skipDraft)
  async skip(@Payload() request: ActionIdRequest, @Ctx() context: CommandContext) {
    return draftMessage(await skipDraft(this.ports, callerOf(context), request));
  }

  @Command(HandService.method.decideDrafts)
  async decide(@Payload() request: DecideDraftsRequest, @Ctx() context: CommandContext) {
    const { actionIds, reason } = request;
    const decision = decisionOf(request.decision);
    if (actionIds.length > decisionsMax) {
      throw new InvalidInputError([{ path: '/actionIds', message: `At most ${decisionsMax}.` }]);
    }
    const wanted = { decision, actionIds, reason };
    const results = await decideDrafts(this.ports, callerOf(context), wanted);
    const done = results.filter(({ result }) => result === 'done').length;
    return { done, refused: results.length - done, results };
  }

  @Command(HandService.method.listTasks)
  async tasks(@Payload() request: ListDraftsRequest, @Ctx() context: CommandContext) {
    const { campaignId, status } = request;
    const wanted = { ...pageWanted(request), campaignId, status };
    const { items, nextCursor } = await listTasks(this.ports, callerOf(context), wanted);
    return { tasks: items.map(taskMessage), nextCursor };
  }

  @Command(HandService.method.completeTask)
  async complete(@Payload() { actionId }: ActionIdRequest, @Ctx() context: CommandContext) {
    return leadMessage(await completeTask(this.ports, callerOf(context), actionId));
  }

  @Command(HandService.method.retryActionOf)
  async retry(@Payload() request: ActionIdRequest, @Ctx() context: CommandContext) {
    return leadMessage(await retryActionOf(this.ports, callerOf(context), request));
  }

  @Command(HandService.method.skipStep)
  async skipStep(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await skipStep(this.ports, callerOf(context), request));
  }

  @Command(HandService.method.removeLead)
  async remove(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await removeLead(this.ports, callerOf(context), request));
  }

  @Command(HandService.method.correctReply)
  async correctReply(@Payload() request: CorrectReplyRequest, @Ctx() context: CommandContext) {
    return leadMessage(await correctReply(this.ports, callerOf(context), request));
  }

  @Command(HandService.method.correctAcceptance)
  async correctAcceptance(@Payload() request: LeadControlRequest, @Ctx() context: CommandContext) {
    return leadMessage(await correctAcceptance(this.ports, callerOf(context), request));
  }
}

function decisionOf(text: string): 'approve' | 'skip' {
  if (text === 'approve' || text === 'skip') return text;
  throw new InvalidInputError([{ path: '/decision', message: 'Expected approve or skip.' }]);
}
