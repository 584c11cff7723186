import { dayMs, plus } from '@overture/kernel';
import fc from 'fast-check';
import { thoughts, writtenOut } from '../../../libs/domain/campaign/test/written-texts.js';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { getLead } from '../src/app/leads.js';
import { previewCampaign } from '../src/app/preview-campaign.js';
import { monday, otherWorkspace, person, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const value = fc.constantFrom('', 'CTO', ' Vale ', '{title}', '👋');
const texts = fc.array(thoughts.map(writtenOut), { minLength: 1, maxLength: 3 });
const scenes = fc.record({ variants: texts, followUp: texts, title: value, seats: value });

/** One lead of a new workspace, in a draft whose first step has these texts. */
async function draft({ variants, followUp, title, seats }: Scene) {
  const { ports, caller } = otherWorkspace(world);
  const worded = variants.map((text, index) => ({ id: `v${index}`, text: `1 ${text}` }));
  const [only] = worded;
  const first = worded.length > 1 ? { text: '', variants: worded } : { text: only!.text };
  const steps = [
    { kind: 'message', delayMs: 0, ...first } as const,
    { kind: 'message', delayMs: 3 * dayMs, text: `2 ${followUp[0]}` } as const,
  ];
  const wanted = { name: 'Words', type: 'messenger', identityIds: ['i'], sequence: { steps } };
  const { campaignId } = await createCampaign(ports, caller, wanted);
  const leads = [person('Ada', { title, customFields: { seats } })];
  const [added] = await addLeads(ports, caller, { campaignId, leads });
  return { ports, caller, campaignId, leadId: added!.leadId };
}

type Scene = typeof scenes extends fc.Arbitrary<infer S> ? S : never;

describe('Whatever is written and known', () => {
  it('is launched and sent as its preview shows, or not at all (F063, F066, F067, I11)', () =>
    fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        world.clock.set({ mode: 'virtual', now: monday });
        const { ports, caller, campaignId, leadId } = await draft(scene);
        const shown = await previewCampaign(ports, caller, { campaignId, leadId, variant: '' });
        const launched = launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
        if (!shown.sendable) {
          await expect(launched).rejects.toMatchObject({ code: 'campaign/missing-fields' });
          return;
        }
        expect(await launched).toMatchObject({ queued: 1, totalMessages: 2 });
        const { enrollments } = await getLead(ports, caller, leadId);
        const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
        world.clock.set({ mode: 'virtual', now: plus(monday, 60_000) });
        const claim = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
        const sent = await intendAction(ports, caller, { ...claim, relation: 'first_degree' });
        const { text, textSha256 } = shown.steps[0]!;
        expect({ text: sent.text, textSha256: sent.textSha256 }).toEqual({ text, textSha256 });
        expect(text).not.toMatch(/[{}]/);
      }),
      { seed: 20_261_121, numRuns: 40 },
    ));
});
