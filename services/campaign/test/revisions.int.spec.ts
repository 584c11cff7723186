import { addLeads } from '../src/app/add-leads.js';
import { createCampaign, updateCampaign } from '../src/app/campaigns.js';
import { listLackingAfterMove } from '../src/app/lacking-after-move.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import type { NewLead } from '../src/app/lead-details.js';
import { moveLeads, previewMoves } from '../src/app/move-leads.js';
import { exportSequence, importSequence } from '../src/app/sequence-versions.js';
import { intendAction } from '../src/app/intend-action.js';
import { getLead } from '../src/app/leads.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { inScope, monday, onMonday, person, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = onMonday(world);
});

const hello = { id: 'hello', kind: 'message', delayMs: 0, text: 'Hi {first_name}' } as const;
const nudge = { id: 'nudge', kind: 'message', delayMs: 0, text: 'Still there?' } as const;

async function running(...leads: NewLead[]) {
  const { ports, caller } = world;
  const wanted = { name: 'Revised', type: 'messenger', identityIds: ['identity-1'] };
  const sequence = { steps: [hello, nudge] };
  const { campaignId } = await createCampaign(ports, caller, { ...wanted, sequence });
  const added = await addLeads(ports, caller, { campaignId, leads });
  await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
  return { campaignId, leadIds: added.map(({ leadId }) => leadId) };
}

function revise(campaignId: string, ...steps: (typeof hello | typeof nudge | object)[]) {
  const sequence = { steps: steps as (typeof hello)[] };
  const change = { campaignId, expectedVersion: 0, name: '', sequence };
  return updateCampaign(world.ports, world.caller, change);
}

async function sendNext(leadId: string) {
  const { enrollments } = await getLead(world.ports, world.caller, leadId);
  const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
  const claim = { enrollmentId, actionId, epoch: 1 };
  const intent = { ...claim, syncedAt: monday, relation: 'first_degree' } as const;
  await intendAction(world.ports, world.caller, intent);
  const accepted = { type: 'accepted', alreadyConnected: false } as const;
  await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, accepted));
}

const move = (campaignId: string) => {
  return { campaignId, fromVersion: 1, toVersion: 2, leadIds: [], reason: 'better words' };
};

describe('Another version of a running campaign (F016, F063)', () => {
  const titled = { ...hello, text: 'Hi {title}' };
  const asked = { ...nudge, text: 'Does {custom.team} still look?' };

  it('is made, with the leads under way who could not follow it, and for want of what', async () => {
    const { campaignId, leadIds } = await running(
      person('Has', { title: 'CTO', customFields: { team: 'sales' } }),
      person('Lacks', { title: 'CTO' }),
    );
    const revised = await revise(campaignId, titled, asked);
    expect(revised.sequence.version).toBe(2);
    expect(revised.unready).toMatchObject({
      leads: [{ leadId: leadIds[1], fields: ['custom.team'], stepIds: ['nudge'] }],
      more: false,
    });
    expect(revised.warnings.at(-1)).toBe(
      'One lead under way could not be moved to this version: there is nothing for {custom.team}.',
    );
  });

  it('names exactly those whom a move leaves where they stand (M10, F063)', async () => {
    const { campaignId, leadIds } = await running(
      person('Begun'),
      person('Waits'),
      person('Fine', { title: 'CTO' }),
    );
    // Who has read the first words needs nothing for them any more.
    await sendNext(leadIds[0]!);
    const { unready } = await revise(campaignId, titled, nudge);
    const named = unready!.leads.map(({ leadId }) => leadId);
    expect(named).toEqual([leadIds[1]]);
    const { landings } = await previewMoves(world.ports, world.caller, move(campaignId));
    const staying = landings.filter(({ because }) => because.startsWith('text/'));
    expect(staying.map(({ leadId }) => leadId)).toEqual(named);
    const { moved, refused } = await moveLeads(world.ports, world.caller, move(campaignId));
    expect([moved, refused.map(({ leadId }) => leadId)]).toEqual([2, named]);
    expect(refused[0]).toMatchObject({ because: 'text/missing-field: title' });
  });

  it('is answered the same for a sequence that comes as a file (F017)', async () => {
    const { campaignId, leadIds } = await running(person('Filed'));
    const file = await exportSequence(world.ports, world.caller, { campaignId, version: 0 });
    const steps = [titled, ...file.steps.slice(1)];
    const wanted = {
      campaignId,
      expectedVersion: 0,
      fileJson: JSON.stringify({ ...file, steps }),
    };
    const { unready } = await importSequence(world.ports, world.caller, wanted);
    expect(unready!.leads).toMatchObject([{ leadId: leadIds[0], fields: ['title'] }]);
  });

  it('says nothing of what changes no words, nor of a draft: its launch refuses', async () => {
    const { campaignId } = await running(person('Same'));
    expect(await revise(campaignId, hello, nudge)).not.toHaveProperty('unready');
    const { ports, caller } = world;
    const wanted = { name: 'Draft', type: 'messenger', identityIds: ['identity-1'] };
    const draft = await createCampaign(ports, caller, { ...wanted, sequence: { steps: [hello] } });
    const revised = await revise(draft.campaignId, titled);
    expect(revised).not.toHaveProperty('unready');
  });

  it('is listed page by page at any time, for a version that there is (F063)', async () => {
    const { campaignId, leadIds } = await running(person('A'), person('B'), person('C'));
    await revise(campaignId, titled, nudge);
    const found: string[] = [];
    let cursor = '';
    do {
      const wanted = { campaignId, version: 2, limit: 2, cursor };
      const page = await listLackingAfterMove(world.ports, world.caller, wanted);
      found.push(...page.items.map(({ leadId }) => leadId));
      cursor = page.nextCursor;
    } while (cursor !== '');
    expect(found.sort()).toEqual([...leadIds].sort());
    const nowhere = { campaignId, version: 9, limit: 2, cursor: '' };
    const listed = listLackingAfterMove(world.ports, world.caller, nowhere);
    await expect(listed).rejects.toMatchObject({ problems: [{ path: '/version' }] });
  });
});
