import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  ReadingService,
  type IdentityIdRequest,
  type SearchPeopleRequest,
} from '@overture/contracts';
import { Command, type CommandContext } from '@overture/messaging';
import { readBudgets } from '../app/read-turns.js';
import { searchPeople } from '../app/search-people.js';
import { SyncDeps } from '../app/sync-deps.js';
import { budgetMessage, searchMessage } from './reading-messages.js';

/** What identities look up for others (F051). */
@Controller()
export class ReadingController {
  constructor(private readonly deps: SyncDeps) {}

  @Command(ReadingService.method.searchPeople)
  async search(@Payload() request: SearchPeopleRequest, @Ctx() { tenantId }: CommandContext) {
    const { identityId, searchUrl, cursor } = request;
    const of = { tenantId, identityId };
    return searchMessage(await searchPeople(this.deps, of, { searchUrl, cursor }));
  }

  @Command(ReadingService.method.getReadBudgets)
  async budgets(@Payload() { identityId }: IdentityIdRequest, @Ctx() { tenantId }: CommandContext) {
    const budgets = await readBudgets(this.deps, { tenantId, identityId });
    return { identityId, budgets: budgets.map(budgetMessage) };
  }
}
