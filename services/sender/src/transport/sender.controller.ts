import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { SenderService, type ListAttemptsRequest } from '@overture/contracts';
import { Command, type CommandContext } from '@overture/messaging';
import { pageOf, pageSize } from '@overture/service-kit';
import { SenderDeps } from '../app/sender-deps.js';

@Controller()
export class SenderController {
  constructor(private readonly deps: SenderDeps) {}

  @Command(SenderService.method.listAttempts)
  async listAttempts(@Payload() request: ListAttemptsRequest, @Ctx() { tenantId }: CommandContext) {
    const { actionId, status, cursor: after } = request;
    const limit = pageSize(request.limit);
    const rows = await this.deps.database.tenant(tenantId, (tx) =>
      this.deps.attempts.page(tx, { tenantId, actionId, status, after, limit: limit + 1 }),
    );
    const { items, nextCursor } = pageOf(rows, limit, (row) => row.actionId);
    const attempts = items.map((row) => ({
      ...row,
      startedAt: row.startedAt ?? '',
      settledAt: row.settledAt ?? '',
    }));
    return { attempts, nextCursor };
  }
}
