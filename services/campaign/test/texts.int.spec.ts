import { dayMs, plus } from '@overture/kernel';
import type { SequenceDraft } from '@overture/domain-campaign';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign, updateCampaign } from '../src/app/campaigns.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import type { NewLead } from '../src/app/lead-details.js';
import { getLead } from '../src/app/leads.js';
import { lintCampaign } from '../src/app/lint-campaign.js';
import { listMissingFields } from '../src/app/missing-fields.js';
import { moveLeads, previewMoves } from '../src/app/move-leads.js';
import { previewCampaign } from '../src/app/preview-campaign.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { updateLead } from '../src/app/update-lead.js';
import { inScope, monday, otherWorkspace, person, startWorld, type World } from './world.js';

let world: World;
let names = 0;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clock.set({ mode: 'virtual', now: monday }));

const someone = (more: Partial<NewLead> = {}) => person(`reader${names++}`, more);

async function campaignOf(texts: readonly string[], leads: readonly NewLead[]) {
  const sequence: SequenceDraft = {
    steps: texts.map((text) => ({ kind: 'message', delayMs: 3 * dayMs, text })),
  };
  const wanted = { name: 'Texts', type: 'messenger', identityIds: [`writer-${names}`], sequence };
  const { campaignId } = await createCampaign(world.ports, world.caller, wanted);
  const added = await addLeads(world.ports, world.caller, { campaignId, leads });
  return { campaignId, leadIds: added.map(({ leadId }) => leadId) };
}

const preview = (campaignId: string, leadId: string, variant = '') =>
  previewCampaign(world.ports, world.caller, { campaignId, leadId, variant });
const launch = (campaignId: string) =>
  launchCampaign(world.ports, world.caller, { campaignId, expectedVersion: 0 });
const change = (campaignId: string, text: string) => {
  const sequence: SequenceDraft = { steps: [{ kind: 'message', delayMs: 0, text }] };
  const wanted = { campaignId, expectedVersion: 0, name: '', sequence };
  return updateCampaign(world.ports, world.caller, wanted);
};

describe('A preview (F066)', () => {
  it('shows every step exactly as the lead would read it', async () => {
    const lead = someone({ firstName: 'Ada', companyName: '' });
    const texts = ['Hi {first_name}', '{if company_name}At {company_name}?{else}Still there?{end}'];
    const { campaignId, leadIds } = await campaignOf(texts, [lead]);
    const shown = await preview(campaignId, leadIds[0]!);
    expect(shown).toMatchObject({ sequenceVersion: 1, sendable: true, tier: 'classic' });
    expect(shown.steps).toMatchObject([
      { stepId: 's1', messageType: 'direct_message_1', status: 'ready', text: 'Hi Ada' },
      { stepId: 's2', messageType: 'direct_message_2', status: 'ready', text: 'Still there?' },
    ]);
    expect(shown.steps[0]).toMatchObject({ textLength: 6, textLengthMax: 2_000, variant: '' });
  });

  it('says why a step would not go, with all that is missing (F063)', async () => {
    const texts = ['{title} of {custom.team}', `${'{first_name}'.repeat(300)}`];
    const lead = someone({ firstName: 'Wolfgang' });
    const { campaignId, leadIds } = await campaignOf(texts, [lead]);
    const { sendable, steps } = await preview(campaignId, leadIds[0]!);
    expect(sendable).toBe(false);
    expect(steps).toMatchObject([
      { reason: 'text/missing-field', missingFields: ['title', 'custom.team'], text: '' },
      { reason: 'text/too-long', detail: expect.stringContaining('2400 characters, at most 2000') },
    ]);
  });

  it('is what is sent: the same words, the same hash (F066, I11)', async () => {
    const lead = someone({ title: 'CTO' });
    const text = 'Hi {first_name}{if title}, {title}{end}: {custom.nick|friend} 👋';
    const { campaignId, leadIds } = await campaignOf([text], [lead]);
    const before = await preview(campaignId, leadIds[0]!);
    await launch(campaignId);
    const { enrollments } = await getLead(world.ports, world.caller, leadIds[0]!);
    const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
    world.clock.set({ mode: 'virtual', now: plus(monday, 3 * dayMs) });
    const syncedAt = world.clock.now();
    const intent = {
      enrollmentId,
      actionId,
      epoch: 1,
      syncedAt,
      relation: 'first_degree',
    } as const;
    const sent = await intendAction(world.ports, world.caller, intent);
    expect(sent.text).toBe(`Hi ${lead.firstName}, CTO: friend 👋`);
    expect(before.steps[0]).toMatchObject({ text: sent.text, textSha256: sent.textSha256 });
  });

  it('never lets one claim be answered with two texts, whatever becomes of the lead (I11)', async () => {
    const { campaignId, leadIds } = await campaignOf(['Hi {first_name}'], [someone()]);
    const leadId = leadIds[0]!;
    await launch(campaignId);
    const { enrollments } = await getLead(world.ports, world.caller, leadId);
    const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
    world.clock.set({ mode: 'virtual', now: plus(monday, 3 * dayMs) });
    const syncedAt = world.clock.now();
    const claim = { enrollmentId, actionId, epoch: 1, syncedAt, relation: 'first_degree' } as const;
    const intend = (epoch: number) => intendAction(world.ports, world.caller, { ...claim, epoch });
    const first = await intend(1);
    expect(await intend(1)).toEqual(first);
    await updateLead(world.ports, world.caller, {
      leadId,
      expectedVersion: 0,
      fields: { firstName: 'Grace' },
      customFields: {},
      removedCustomFields: [],
    });
    await expect(intend(1)).rejects.toMatchObject({ code: 'intent/other-words' });
    const released = { type: 'released', cause: 'intent/other-words' } as const;
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, { enrollmentId, actionId, epoch: 1 }, released),
    );
    expect(await intend(2)).toMatchObject({ text: 'Hi Grace' });
  });

  it('promises no more than the account may say (F064)', async () => {
    await inScope(world, (scope) =>
      world.ports.identities.add(scope, { identityId: 'paid', tier: 'premium', zone: '' }),
    );
    const told = async (identityId: string) => {
      const steps = [{ kind: 'connect', delayMs: 0, text: 'x'.repeat(201) }] as const;
      const wanted = { name: 'Notes', type: 'connector', identityIds: [identityId] };
      const { ports, caller } = world;
      const { campaignId } = await createCampaign(ports, caller, {
        ...wanted,
        sequence: { steps },
      });
      const [added] = await addLeads(ports, caller, { campaignId, leads: [someone()] });
      const { tier, steps: shown } = await preview(campaignId, added?.leadId ?? '');
      return [tier, shown[0]?.status, shown[0]?.textLengthMax];
    };
    expect(await told('free')).toEqual(['classic', 'refused', 200]);
    expect(await told('paid')).toEqual(['premium', 'ready', 280]);
  });

  it('is of one workspace only (P10)', async () => {
    const { campaignId, leadIds } = await campaignOf(['Hi {first_name}'], [someone()]);
    const { ports, caller } = otherWorkspace(world);
    const wanted = { campaignId, leadId: leadIds[0]!, variant: '' };
    await expect(previewCampaign(ports, caller, wanted)).rejects.toMatchObject({
      code: 'campaign/not-found',
    });
  });
});

describe('A launch', () => {
  it('is blocked by a missing field, with the leads and fields it lacks (F063, P05)', async () => {
    const leads = [someone({ title: 'CTO' }), someone(), someone()];
    const { campaignId, leadIds } = await campaignOf(['Hi {first_name}', '{title}?'], leads);
    await expect(launch(campaignId)).rejects.toMatchObject({
      code: 'campaign/missing-fields',
      message: expect.stringMatching(/^2 leads have nothing for \{title\}\./),
      values: {
        total: 2,
        leads: leadIds.slice(1).map((leadId) => ({ leadId, fields: ['title'], stepIds: ['s2'] })),
      },
    });
    const { enrollments } = await getLead(world.ports, world.caller, leadIds[0]!);
    expect(enrollments[0]).toMatchObject({ status: 'new', nextActionId: '' });
  });

  it('goes ahead once a fallback or a condition leaves nobody without words (F061, F062)', async () => {
    const { campaignId } = await campaignOf(['{title}?'], [someone()]);
    await expect(launch(campaignId)).rejects.toMatchObject({ code: 'campaign/missing-fields' });
    await change(campaignId, '{if title}{title}{else}Hello{end} {custom.nick|you}');
    expect(await launch(campaignId)).toMatchObject({ queued: 1 });
  });

  it('is not undone by who comes later: that lead alone is held (F063)', async () => {
    const { campaignId } = await campaignOf(['{title}?'], [someone({ title: 'CTO' })]);
    await launch(campaignId);
    const late = { campaignId, leads: [someone()] };
    await addLeads(world.ports, world.caller, late);
    const { results } = await launch(campaignId);
    expect(results.map(({ reason }) => reason).sort()).toEqual(['', 'text/missing-field: title']);
  });
});

describe('A move to another version (F016, M10)', () => {
  it('leaves who would lack a field where it stands, and says so before (F063)', async () => {
    const leads = [someone({ title: 'CTO' }), someone()];
    const { campaignId, leadIds } = await campaignOf(['Hi', 'Still there?'], leads);
    await launch(campaignId);
    await change(campaignId, 'Hi {title}');
    const move = { campaignId, fromVersion: 1, toVersion: 0, leadIds: [], reason: 'better' };
    const lacks = { leadId: leadIds[1], lands: 'nowhere', because: 'text/missing-field: title' };
    const { landings } = await previewMoves(world.ports, world.caller, move);
    expect(landings).toContainEqual(expect.objectContaining(lacks));
    expect(landings).toContainEqual(expect.objectContaining({ leadId: leadIds[0], because: '' }));
    const report = await moveLeads(world.ports, world.caller, move);
    expect(report).toMatchObject({ moved: 1, refused: [lacks] });
    const { enrollments } = await getLead(world.ports, world.caller, leadIds[1]!);
    expect(enrollments[0]).toMatchObject({ status: 'ready_to_message' });
  });

  it('takes the way of a branch that only the new version has (F012, F016)', async () => {
    const { campaignId, leadIds } = await campaignOf(['Hi'], [someone({ title: 'CTO' })]);
    await launch(campaignId);
    const branch = { when: 'field', name: 'title', op: 'present', yes: 'as', no: 'plain' } as const;
    const steps = [
      { kind: 'branch', delayMs: 0, text: '', id: 'fork', branch },
      { kind: 'message', delayMs: 0, text: 'As {title}', id: 'as', next: 'end' },
      { kind: 'message', delayMs: 0, text: 'Hello', id: 'plain' },
    ] as const;
    const wanted = { campaignId, expectedVersion: 0, name: '', sequence: { steps } };
    await updateCampaign(world.ports, world.caller, wanted);
    const move = { campaignId, fromVersion: 1, toVersion: 2, leadIds: [], reason: 'better' };
    const report = await moveLeads(world.ports, world.caller, move);
    expect(report).toMatchObject({ moved: 1, refused: [] });
    const { enrollments } = await getLead(world.ports, world.caller, leadIds[0]!);
    expect(enrollments[0]?.nextActionId).toMatch(/\.1\.\d$/);
  });
});

describe('Who lacks a field', () => {
  it('is listed before launch, page by page (F063)', async () => {
    const leads = [someone(), someone({ title: 'CTO' }), someone()];
    const { campaignId } = await campaignOf(['{title} {custom.team|x}'], leads);
    const found: string[] = [];
    for (let cursor = '', pages = 0; pages === 0 || cursor !== ''; pages++) {
      const wanted = { campaignId, limit: 2, cursor };
      const page = await listMissingFields(world.ports, world.caller, wanted);
      found.push(...page.items.map(({ name, fields }) => `${name}: ${fields.join()}`));
      cursor = page.nextCursor;
    }
    const lacking = [leads[0]!, leads[2]!].map(({ firstName }) => `${firstName} Vale: title`);
    expect(found.sort()).toEqual(lacking.sort());
  });
});

describe('Advice on words (F065, S2-53)', () => {
  it('comes with a campaign that is made or changed, as warnings', async () => {
    const { campaignId } = await campaignOf(['Hi {first_name}'], []);
    const { warnings } = await change(campaignId, 'BUY NOW!!');
    expect(warnings).toEqual([
      'Step 1, text, position 1: “BUY NOW” is in capitals.',
      expect.stringContaining('Step 1, text, position 1: Everybody gets the same words'),
      'Step 1, text, position 8: “!!” is more than one mark.',
    ]);
  });

  it('is told with places when it is asked for', async () => {
    const texts = ['Hi {first_name}', 'Just checking in', 'One', 'Two', 'Three', 'Four'];
    const { campaignId } = await campaignOf(texts, []);
    const { warnings, advice } = await lintCampaign(world.ports, world.caller, campaignId);
    expect(warnings).toMatchObject([
      { code: 'text/generic-pitch', stepId: 's2', part: 'text', position: 1, length: 16 },
    ]);
    expect(advice).toEqual(['6 messages to one person; 3 to 5 are advised.']);
  });
});
