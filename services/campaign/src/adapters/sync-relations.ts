import { instant } from '@overture/kernel';
import { SyncService } from '@overture/contracts';
import type { Relation } from '@overture/domain-campaign';
import type { RpcClient } from '@overture/messaging';
import { Relations, type CheckedRelation, type LeadToCheck } from '../app/ports.js';

const relations: ReadonlySet<string> = new Set<Relation>([
  'first_degree',
  'pending',
  'not_connected',
]);
// Sync may have to read all connections of the account first.
const deadlineMs = 60_000;

export class SyncRelations extends Relations {
  constructor(private readonly rpc: RpcClient) {
    super();
  }

  override async check(
    tenantId: string,
    identityId: string,
    leads: readonly LeadToCheck[],
  ): Promise<readonly CheckedRelation[]> {
    const request = {
      identityId,
      leads: leads.map(({ leadId, fingerprints }) => ({ leadId, fingerprints: [...fingerprints] })),
    };
    const options = { tenantId, deadlineMs };
    const answer = await this.rpc.call(SyncService.method.checkRelations, request, options);
    return answer.relations.flatMap(({ leadId, relation, lastMessageAt, lastMessageFromLead }) => {
      // A word this release does not know is no permission.
      if (!relations.has(relation)) return [];
      const last = lastMessageAt === '' ? {} : { lastMessageAt: instant(lastMessageAt) };
      return [{ leadId, relation: relation as Relation, ...last, lastMessageFromLead }];
    });
  }
}
