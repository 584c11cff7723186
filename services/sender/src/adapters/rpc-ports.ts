import { CampaignService, SyncService } from '@overture/contracts';
import { instant, secondMs, TransientError } from '@overture/kernel';
import type { RpcClient } from '@overture/messaging';
import {
  Authorisation,
  ConversationSync,
  type AuthorisedAction,
  type ClaimCall,
  type ConversationLook,
} from '../app/ports.js';

// Sync reads LinkedIn live before it answers.
const syncDeadlineMs = 45 * secondMs;
const intendDeadlineMs = 5 * secondMs;
const intendTries = 3;

export class RpcConversationSync extends ConversationSync {
  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async beforeSend({ tenantId, attempt }: ClaimCall): Promise<ConversationLook> {
    const { identityId, leadId } = attempt.enrollment;
    const look = await this.rpc.call(
      SyncService.method.syncBeforeSend,
      { identityId, leadId },
      { tenantId, deadlineMs: syncDeadlineMs },
    );
    return { ...look, syncedAt: instant(look.syncedAt) };
  }
}

export class RpcAuthorisation extends Authorisation {
  constructor(private readonly rpc: RpcClient) {
    super();
  }

  /** An intent is the same however often it is asked for, so a lost answer is asked for again. */
  async intend(
    { tenantId, attempt }: ClaimCall,
    look: ConversationLook,
  ): Promise<AuthorisedAction> {
    const { actionId, epoch, enrollment, withoutNote = false } = attempt;
    const { syncedAt, relation } = look;
    const { enrollmentId } = enrollment;
    const request = { enrollmentId, actionId, epoch, syncedAt, relation, withoutNote };
    for (let attemptNumber = 1; ; attemptNumber++) {
      try {
        return await this.rpc.call(CampaignService.method.intendAction, request, {
          tenantId,
          deadlineMs: intendDeadlineMs,
        });
      } catch (error) {
        if (!(error instanceof TransientError) || attemptNumber === intendTries) throw error;
      }
    }
  }
}
