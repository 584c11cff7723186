import { dayMs, hourMs } from '@overture/kernel';
import type { SequenceDraft } from '@overture/domain-campaign';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import type { NewLead } from '../src/app/lead-details.js';
import { getLead } from '../src/app/leads.js';
import { recordOutcome, type Outcome } from '../src/app/record-attempts.js';
import { recordAcceptance } from '../src/app/record-sightings.js';
import { listDrafts } from '../src/app/review-drafts.js';
import { fingerprintOf, inScope, person, type World } from './world.js';

/** invite → accepted within 14 days? yes: hello (reviewed) → nudge · no: vip? yes: call → take back · no: take back */
export const sequence: SequenceDraft = {
  steps: [
    { id: 'invite', kind: 'connect', delayMs: 0, text: 'Hi {first_name}' },
    {
      id: 'accepted',
      kind: 'branch',
      delayMs: 0,
      text: '',
      branch: { when: 'accepted_within', days: 14, yes: 'hello', no: 'vip' },
    },
    { id: 'hello', kind: 'message', delayMs: hourMs, text: 'Thanks, {first_name}', review: true },
    { id: 'nudge', kind: 'message', delayMs: 3 * dayMs, text: 'Still there?', next: 'end' },
    {
      id: 'vip',
      kind: 'branch',
      delayMs: 0,
      text: '',
      branch: {
        when: 'field',
        name: 'title',
        op: 'contains',
        value: 'chief',
        yes: 'call',
        no: 'back',
      },
    },
    { id: 'call', kind: 'task', delayMs: 0, text: 'Call {first_name}' },
    { id: 'back', kind: 'withdraw', delayMs: 0, text: '', next: 'end' },
  ],
};

const accepted: Outcome = { type: 'accepted', alreadyConnected: false };

/** Who acts in a world, and what they see of it. */
export function stageOf(world: () => World) {
  async function launchedFor(...leads: NewLead[]) {
    const { ports, caller } = world();
    for (const lead of leads) world().relations.strangers.add(fingerprintOf(world(), lead));
    const wanted = { name: 'Branching', type: 'connector', identityIds: ['identity-1'], sequence };
    const { campaignId } = await createCampaign(ports, caller, wanted);
    const added = await addLeads(ports, caller, { campaignId, leads });
    await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
    return { campaignId, leadIds: added.map(({ leadId }) => leadId) };
  }

  async function enrollmentOf(leadId: string) {
    const { enrollments } = await getLead(world().ports, world().caller, leadId);
    return enrollments[0]!;
  }

  /** The sender asks for the next action of a lead and does it. */
  async function send(
    leadId: string,
    relation: 'first_degree' | 'pending' | 'not_connected',
    outcome: Outcome = accepted,
  ) {
    const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
    const claim = { enrollmentId, actionId, epoch: 1 };
    const intent = { ...claim, syncedAt: world().clock.now(), relation };
    const authorised = await intendAction(world().ports, world().caller, intent);
    await inScope(world(), (scope) => recordOutcome(world().ports, scope, claim, outcome));
    return authorised;
  }

  async function accept(leadId: string) {
    const acceptedAt = world().clock.now();
    const seen = {
      identityId: 'identity-1',
      leadId,
      acceptedAt,
      witness: 'sync',
      fingerprints: [],
    };
    await inScope(world(), (scope) => recordAcceptance(world().ports, scope, seen));
  }

  async function connectedTo(name: string) {
    const { campaignId, leadIds } = await launchedFor(person(name));
    const leadId = leadIds[0]!;
    await send(leadId, 'not_connected');
    await accept(leadId);
    return { campaignId, leadId };
  }

  const drafts = async (campaignId: string, status = '') =>
    (await listDrafts(world().ports, world().caller, { campaignId, status, limit: 50, cursor: '' }))
      .items;

  const control = (leadId: string, reason = 'asked') => ({ leadId, enrollmentId: '', reason });

  return { launchedFor, enrollmentOf, send, accept, connectedTo, drafts, control };
}
