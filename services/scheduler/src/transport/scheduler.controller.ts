import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  SchedulerService,
  type ExplainActionRequest,
  type IdentityBudgetRequest,
  type ListTimetableRequest,
  type ProcessDueActionsRequest,
} from '@overture/contracts';
import { Clock, instant, InvalidInputError } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { Explanations, TimetableViews, type TimetableCursor } from '../app/ports.js';
import { kindToContract } from '../kinds.js';
import { ClaimLoop } from './claim.loop.js';

const pageDefault = 50;
const pageMax = 200;

@Controller()
export class SchedulerController {
  constructor(
    private readonly views: TimetableViews,
    private readonly explanations: Explanations,
    private readonly loop: ClaimLoop,
    private readonly clock: Clock,
  ) {}

  @Command(SchedulerService.method.getIdentityBudget)
  async getIdentityBudget(
    @Payload() { identityId }: IdentityBudgetRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const budget = await this.views.budget(tenantId, identityId, this.clock.now());
    const { profile, gateCause = '', ramp = '', limitsChangeAt = '', kinds } = budget;
    return {
      identityId,
      profile,
      gateOpen: gateCause === '',
      gateCause,
      ramp,
      limitsChangeAt,
      kinds: kinds.map(({ kind, cap7d = 0, nextAt = '', ...same }) => ({
        ...same,
        kind: kindToContract(kind),
        cap7d,
        nextAt: gateCause === '' ? nextAt : '',
      })),
    };
  }

  @Command(SchedulerService.method.listTimetable)
  async listTimetable(
    @Payload() { campaignId, identityId, actionIds, limit, cursor }: ListTimetableRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const size = Math.min(limit || pageDefault, pageMax);
    const found = await this.views.entries({
      tenantId,
      ...(campaignId && { campaignId }),
      ...(identityId && { identityId }),
      ...(actionIds.length > 0 && { actionIds }),
      ...(cursor && { after: readCursor(cursor) }),
      limit: size + 1,
    });
    const entries = found.slice(0, size);
    const last = entries.at(-1);
    return {
      entries: entries.map(({ dueAt: _, kind, nextAt = '', ...same }) => ({
        ...same,
        kind: kindToContract(kind),
        nextAt,
      })),
      nextCursor: found.length > size && last ? writeCursor(last) : '',
    };
  }

  @Command(SchedulerService.method.explainAction)
  async explainAction(
    @Payload() { actionId }: ExplainActionRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const found = await this.explanations.explain(tenantId, actionId, this.clock.now());
    const { kind, rules, because = '', nextAt = '', change = '', note = '', ...same } = found;
    return {
      ...same,
      kind: kindToContract(kind),
      rules: rules.map(({ inputs, ...rule }) => ({ ...rule, inputsJson: JSON.stringify(inputs) })),
      because,
      nextAt,
      change,
      note,
    };
  }

  @Command(SchedulerService.method.processDueActions)
  async processDueActions(
    @Payload() _: ProcessDueActionsRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { claimed, visited } = await this.loop.processDue(tenantId);
    return { claimed, lanesVisited: visited };
  }
}

function writeCursor({ dueAt, actionId }: TimetableCursor): string {
  return Buffer.from(`${dueAt} ${actionId}`).toString('base64url');
}

function readCursor(cursor: string): TimetableCursor {
  const [dueAt = '', actionId = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (Number.isNaN(Date.parse(dueAt))) {
    throw new InvalidInputError([{ path: '/cursor', message: 'Not a cursor of this list.' }]);
  }
  return { dueAt: instant(dueAt), actionId };
}
