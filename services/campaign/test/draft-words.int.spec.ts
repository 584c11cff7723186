import { dayMs, plus } from '@overture/kernel';
import type { SequenceDraft } from '@overture/domain-campaign';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import type { NewLead } from '../src/app/lead-details.js';
import { getLead } from '../src/app/leads.js';
import { previewCampaign } from '../src/app/preview-campaign.js';
import { approveDraft, editDraft } from '../src/app/review-drafts.js';
import { startEnrollments } from '../src/app/start-enrollments.js';
import { fingerprintOf, monday, onMonday, person, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = onMonday(world);
});

/** The draft of one lead, who came after the launch. */
async function draftFor(
  type: 'messenger' | 'connector',
  text: string,
  more: Partial<NewLead> = {},
) {
  const { ports, caller, relations } = world;
  const kind = type === 'messenger' ? 'message' : 'connect';
  const sequence: SequenceDraft = { review: true, steps: [{ kind, delayMs: 0, text }] };
  const wanted = { name: 'Drafts', type, identityIds: ['identity-1'], sequence };
  const { campaignId } = await createCampaign(ports, caller, wanted);
  await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
  const lead = person('Ada', more);
  if (type === 'connector') relations.strangers.add(fingerprintOf(world, lead));
  const [added] = await addLeads(ports, caller, { campaignId, leads: [lead] });
  await startEnrollments(ports, caller, campaignId);
  const { leadId } = added!;
  const [enrollment] = (await getLead(ports, caller, leadId)).enrollments;
  const actionId = `${enrollment!.enrollmentId}.0.0`;
  return { campaignId, leadId, actionId, enrollmentId: enrollment!.enrollmentId };
}

const approve = (actionId: string, words: { text?: string } = {}) =>
  approveDraft(world.ports, world.caller, { actionId, ...words });
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('A draft (F069, I11)', () => {
  it('without words, for want of a field, is written by a person or not sent (F063)', async () => {
    const { actionId, enrollmentId, campaignId, leadId } = await draftFor('connector', '{title}?');
    await expect(approve(actionId)).rejects.toEqual(refusedWith('draft/unwritten'));
    await approve(actionId, { text: 'Hello Ada' });
    const wanted = { campaignId, leadId, variant: '' };
    const { steps } = await previewCampaign(world.ports, world.caller, wanted);
    expect(steps[0]).toMatchObject({ status: 'ready', text: 'Hello Ada' });
    const syncedAt = plus(monday, dayMs);
    world.clock.set({ mode: 'virtual', now: syncedAt });
    const claim = {
      enrollmentId,
      actionId,
      epoch: 1,
      syncedAt,
      relation: 'not_connected',
    } as const;
    const sent = await intendAction(world.ports, world.caller, claim);
    const { text, textSha256 } = steps[0]!;
    expect(sent).toMatchObject({ text, textSha256 });
  });

  it.each(['Hi {first_name}', 'Hi {first_name|there}', '{if title}Hi', 'Hi{end}', 'Hi {custom.x}'])(
    'with a field that nobody filled in is not approved: %s (P05)',
    async (text) => {
      const { actionId } = await draftFor('messenger', 'Hello');
      await editDraft(world.ports, world.caller, { actionId, text });
      await expect(approve(actionId)).rejects.toEqual(refusedWith('draft/unfilled'));
    },
  );

  it('may hold braces of other kinds, such as those of a company’s name', async () => {
    const { actionId } = await draftFor('messenger', 'At {company_name}?', {
      companyName: 'Analytical {Engines}',
    });
    expect(await approve(actionId)).toMatchObject({ status: 'planned' });
  });

  it('is held to the length of its kind and account, whoever wrote it (F064)', async () => {
    const { actionId } = await draftFor('connector', 'Hello');
    const long = { text: 'x'.repeat(201) };
    await expect(approve(actionId, long)).rejects.toEqual(refusedWith('text/too-long'));
    expect(await approve(actionId, { text: 'x'.repeat(200) })).toMatchObject({ status: 'planned' });
    const other = await draftFor('messenger', 'Hello', { linkedinUrl: 'linkedin.com/in/other' });
    await expect(approve(other.actionId, { text: ' ' })).rejects.toEqual(refusedWith('text/empty'));
  });
});
