import { ReadingService, type ReadProfileResponse } from '@overture/contracts';
import { instant, TransientError, type Instant } from '@overture/kernel';
import type { RpcClient } from '@overture/messaging';
import { Profiles, type ProfileAnswer } from '../app/enrichments.js';

// Longer than the provider is given for a page.
const pageMs = 90_000;

export class SyncProfiles extends Profiles {
  constructor(private readonly rpc: RpcClient) {
    super();
  }

  override async read(
    tenantId: string,
    wanted: { identityId: string; profileUrl: string },
  ): Promise<ProfileAnswer> {
    const options = { tenantId, deadlineMs: pageMs };
    return answerOf(await this.rpc.call(ReadingService.method.readProfile, wanted, options));
  }

  override async earliestEnd(
    tenantId: string,
    wanted: { identityId: string; reads: number },
  ): Promise<Instant | undefined> {
    const request = { ...wanted, kind: 'profile' };
    const plan = await this.rpc.call(ReadingService.method.planReads, request, { tenantId });
    return plan.earliestEnd === '' ? undefined : instant(plan.earliestEnd);
  }
}

function answerOf({
  outcome,
  cause,
  nextAt,
  counted,
  profile,
}: ReadProfileResponse): ProfileAnswer {
  if (outcome === 'wait') return { outcome, cause, counted, nextAt: instant(nextAt) };
  if (outcome !== 'read') return { outcome: 'refused', cause };
  if (profile === undefined) throw new TransientError('ReadProfile: read, and no profile.');
  const { $typeName: _, $unknown: __, ...person } = profile;
  return { outcome, person, nextAt: instant(nextAt) };
}
