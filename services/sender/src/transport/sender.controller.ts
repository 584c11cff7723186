import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { SenderService, type ListAttemptsRequest } from '@overture/contracts';
import { Command, type CommandContext } from '@overture/messaging';
import { SenderDeps } from '../app/sender-deps.js';

const pageMax = 200;
const pageDefault = 50;

@Controller()
export class SenderController {
  constructor(private readonly deps: SenderDeps) {}

  @Command(SenderService.method.listAttempts)
  async listAttempts(@Payload() request: ListAttemptsRequest, @Ctx() { tenantId }: CommandContext) {
    const { actionId, status, cursor: after } = request;
    const limit = Math.min(request.limit || pageDefault, pageMax);
    const rows = await this.deps.database.tenant(tenantId, (tx) =>
      this.deps.attempts.page(tx, { tenantId, actionId, status, after, limit: limit + 1 }),
    );
    const attempts = rows.slice(0, limit).map((row) => ({
      ...row,
      startedAt: row.startedAt ?? '',
      settledAt: row.settledAt ?? '',
    }));
    return { attempts, nextCursor: rows.length > limit ? (attempts.at(-1)?.actionId ?? '') : '' };
  }
}
