import { instant } from '@overture/kernel';
import { SyncService, type LeadRelation } from '@overture/contracts';
import type { Relation } from '@overture/domain-campaign';
import type { RpcClient } from '@overture/messaging';
import { Relations, type CheckedRelation, type RelationCheck } from '../app/ports.js';

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
    { identityId, leads, assumeConnected }: RelationCheck,
  ): Promise<readonly CheckedRelation[]> {
    const request = {
      identityId,
      leads: leads.map(({ leadId, fingerprints }) => ({ leadId, fingerprints: [...fingerprints] })),
      assumeConnected,
    };
    const options = { tenantId, deadlineMs };
    const answer = await this.rpc.call(SyncService.method.checkRelations, request, options);
    // A word this release does not know is no permission.
    return answer.relations.filter(({ relation }) => relations.has(relation)).map(checkedRelation);
  }
}

function checkedRelation(seen: LeadRelation): CheckedRelation {
  const { leadId, lastMessageAt, lastMessageFromLead, answeredBefore, reinviteLockedUntil } = seen;
  return {
    leadId,
    relation: seen.relation as Relation,
    ...(lastMessageAt && { lastMessageAt: instant(lastMessageAt) }),
    lastMessageFromLead,
    answeredBefore,
    fingerprints: seen.fingerprints,
    ...(reinviteLockedUntil && { reinviteLockedUntil: instant(reinviteLockedUntil) }),
  };
}
