import { intendAction, type Intent } from '../src/app/intend-action.js';
import { getLead } from '../src/app/leads.js';
import { recordOutcome, type Outcome } from '../src/app/record-attempts.js';
import { fingerprintOf, inScope, launched, person, type World } from './world.js';

export const accepted: Outcome = { type: 'accepted', alreadyConnected: false };

/** What the sender does, and reports, in a world. */
export function sendingIn(world: () => World) {
  async function enrollmentOf(leadId: string, campaignId?: string) {
    const { enrollments } = await getLead(world().ports, world().caller, leadId);
    return enrollments.find((each) => !campaignId || each.campaignId === campaignId)!;
  }

  /** Authorises the next action of a lead and reports this outcome of it. */
  async function act(
    leadId: string,
    outcome: Outcome,
    { relation = 'first_degree', epoch = 1 }: Partial<Pick<Intent, 'relation' | 'epoch'>> = {},
  ) {
    const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
    const intent = { enrollmentId, actionId, epoch, syncedAt: world().clock.now() };
    await intendAction(world().ports, world().caller, { ...intent, relation });
    const claim = { enrollmentId, actionId, epoch };
    await inScope(world(), (scope) => recordOutcome(world().ports, scope, claim, outcome));
    return actionId;
  }

  async function strangerIn(name: string) {
    const lead = person(name);
    world().relations.strangers.add(fingerprintOf(world(), lead));
    const { campaignId, leadIds } = await launched(world(), [lead], { type: 'connector' });
    return { campaignId, leadId: leadIds[0]!, lead };
  }

  const visitAndInvite = async (leadId: string) => {
    await act(leadId, accepted, { relation: 'not_connected' });
    await act(leadId, accepted, { relation: 'not_connected' });
  };

  return { enrollmentOf, act, strangerIn, visitAndInvite };
}
