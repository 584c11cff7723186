import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  ReadingService,
  type IdentityIdRequest,
  type PlanReadsRequest,
  type ReadProfileRequest,
  type SearchPeopleRequest,
} from '@overture/contracts';
import { InvalidInputError } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { lookUp } from '../app/look-up.js';
import { isReadKind } from '../app/read-budgets.js';
import { planReads, readBudgets } from '../app/read-turns.js';
import { searchPeople } from '../app/search-people.js';
import { SyncDeps } from '../app/sync-deps.js';
import { budgetMessage, readMessage, searchMessage } from './reading-messages.js';

/** What identities look up for others (F051, F050). */
@Controller()
export class ReadingController {
  constructor(private readonly deps: SyncDeps) {}

  @Command(ReadingService.method.searchPeople)
  async search(@Payload() request: SearchPeopleRequest, @Ctx() { tenantId }: CommandContext) {
    const { identityId, searchUrl, cursor } = request;
    const of = { tenantId, identityId };
    return searchMessage(await searchPeople(this.deps, of, { searchUrl, cursor }));
  }

  @Command(ReadingService.method.readProfile)
  async profile(@Payload() request: ReadProfileRequest, @Ctx() { tenantId }: CommandContext) {
    const { identityId, profileUrl } = request;
    const wanted = { of: { tenantId, identityId }, kind: 'profile' } as const;
    const { reader } = this.deps;
    return readMessage(
      await lookUp(this.deps, wanted, (identity) => reader.profile(identity, profileUrl)),
    );
  }

  @Command(ReadingService.method.planReads)
  async plan(@Payload() request: PlanReadsRequest, @Ctx() { tenantId }: CommandContext) {
    const { identityId, kind, reads: count } = request;
    if (!isReadKind(kind)) {
      throw new InvalidInputError([{ path: '/kind', message: 'Nothing of this kind is read.' }]);
    }
    const of = { tenantId, identityId };
    return { earliestEnd: (await planReads(this.deps, of, { kind, count })) ?? '' };
  }

  @Command(ReadingService.method.getReadBudgets)
  async budgets(@Payload() { identityId }: IdentityIdRequest, @Ctx() { tenantId }: CommandContext) {
    const budgets = await readBudgets(this.deps, { tenantId, identityId });
    return { identityId, budgets: budgets.map(budgetMessage) };
  }
}
