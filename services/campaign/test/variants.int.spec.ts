import { dayMs, hourMs, plus } from '@overture/kernel';
import { variantOf, type Step, type Variant } from '@overture/domain-campaign';
import { variantTallies } from '../src/adapters/sql-texts.js';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { getLead } from '../src/app/leads.js';
import { previewCampaign } from '../src/app/preview-campaign.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordAcceptance, recordReply } from '../src/app/record-sightings.js';
import { variantResults } from '../src/app/variant-results.js';
import {
  fingerprintOf,
  inScope,
  later,
  monday,
  onMonday,
  otherWorkspace,
  people,
  startWorld,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = onMonday(world);
});

const variants: readonly Variant[] = [
  { id: 'short', text: 'Hi {first_name}' },
  { id: 'long', text: 'Good morning {first_name}, how is {company_name}?' },
];
const steps = (kind: 'message' | 'connect'): readonly Step[] => [
  { id: 'opening', kind, delayMs: 0, text: '', variants },
  { id: 'after', kind: 'message', delayMs: 3 * dayMs, text: 'Still there?' },
];

// Ids are random, and so is who gets what: of so many, each variant goes to three at least, but for one chance in 10^14.
const enoughForBoth = 60;

async function launched(type: 'messenger' | 'connector', count: number) {
  const { ports, caller } = world;
  const sequence = { steps: steps(type === 'messenger' ? 'message' : 'connect') };
  const wanted = { name: 'Variants', type, identityIds: ['identity-1'], sequence };
  const { campaignId } = await createCampaign(ports, caller, wanted);
  const leads = people(count, `${type}-`);
  if (type === 'connector') {
    for (const lead of leads) world.relations.strangers.add(fingerprintOf(world, lead));
  }
  const added = await addLeads(ports, caller, { campaignId, leads });
  await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
  const audience = added.map(({ leadId }) => {
    const picked = variantOf({ campaignId, stepId: 'opening', leadId }, variants);
    return { leadId, variant: picked?.id ?? '' };
  });
  return { campaignId, people: audience };
}

/** Sends the next action of a lead; gives what was sent. */
async function send(leadId: string, relation: 'first_degree' | 'not_connected' = 'first_degree') {
  const { ports, caller } = world;
  const { enrollments } = await getLead(ports, caller, leadId);
  const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
  const claim = { enrollmentId, actionId, epoch: 1 };
  const sent = await intendAction(ports, caller, {
    ...claim,
    relation,
    syncedAt: ports.clock.now(),
  });
  await inScope(world, (scope) =>
    recordOutcome(ports, scope, claim, { type: 'accepted', alreadyConnected: false }),
  );
  return sent;
}

const reply = (leadId: string) =>
  inScope(world, (scope) =>
    recordReply(world.ports, scope, {
      leadId,
      messageId: `m-${leadId}`,
      repliedAt: world.clock.now(),
      witness: 'sync',
    }),
  );
const resultsOf = (campaignId: string) => variantResults(world.ports, world.caller, campaignId);

describe('Variants of a step (F067, S2-59, S2-62)', () => {
  it('are sent as the hash of the lead says and as the preview shows (F066, I11)', async () => {
    const { campaignId, people: all } = await launched('messenger', enoughForBoth);
    const of = (wanted: string) => all.filter(({ variant }) => variant === wanted).slice(0, 3);
    expect([of('short').length, of('long').length]).toEqual([3, 3]);
    for (const { leadId, variant } of [...of('short'), ...of('long')]) {
      const wanted = { campaignId, leadId, variant: '' };
      const { steps: shown } = await previewCampaign(world.ports, world.caller, wanted);
      expect(shown[0]).toMatchObject({ variant, stepId: 'opening', status: 'ready' });
      const { text, textSha256 } = await send(leadId);
      expect(shown[0]).toMatchObject({ text, textSha256 });
    }
  });

  it('can be previewed one by one', async () => {
    const { campaignId, people: all } = await launched('messenger', 1);
    const texts = [];
    for (const variant of ['short', 'long', 'none']) {
      const wanted = { campaignId, leadId: all[0]!.leadId, variant };
      const { steps: shown } = await previewCampaign(world.ports, world.caller, wanted);
      texts.push(shown[0]!.variant);
    }
    expect(texts).toEqual(['short', 'long', all[0]!.variant]);
  });

  it('have their replies counted, each for the last words before it', async () => {
    const { campaignId, people: all } = await launched('messenger', enoughForBoth);
    const [atOnce, afterTwo, ...silent] = all;
    for (const { leadId } of all) await send(leadId);
    later(world, hourMs);
    await reply(atOnce!.leadId);
    later(world, 3 * dayMs);
    await send(afterTwo!.leadId);
    later(world, hourMs);
    await reply(afterTwo!.leadId);
    expect(silent).toHaveLength(enoughForBoth - 2);
    const { steps: results } = await resultsOf(campaignId);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ stepId: 'opening', kind: 'message' });
    for (const result of results[0]!.variants) {
      const sent = all.filter(({ variant }) => variant === result.variant).length;
      const replied = atOnce!.variant === result.variant ? 1 : 0;
      expect(result).toMatchObject({ exposed: sent, sent, accepted: 0, replied });
      expect(result.reply.rate).toBeCloseTo(replied / sent, 3);
      expect(result.reply.high).toBeGreaterThan(result.reply.rate);
    }
  });

  it('of an invitation have their acceptances counted', async () => {
    const { campaignId, people: all } = await launched('connector', 6);
    for (const { leadId } of all) await send(leadId, 'not_connected');
    const acceptedAt = later(world, hourMs);
    const glad = all.filter((_, index) => index % 2 === 0);
    for (const { leadId } of glad) {
      const seen = {
        identityId: 'identity-1',
        leadId,
        acceptedAt,
        witness: 'sync',
        fingerprints: [],
      };
      await inScope(world, (scope) => recordAcceptance(world.ports, scope, seen));
    }
    const { steps: results } = await resultsOf(campaignId);
    for (const result of results[0]!.variants) {
      const accepted = glad.filter(({ variant }) => variant === result.variant).length;
      expect(result).toMatchObject({ accepted, replied: 0 });
    }
  });

  it('are shown with zeros before anybody got one, and to nobody else (P10)', async () => {
    const { ports, caller } = world;
    const wanted = {
      name: 'Draft',
      type: 'messenger',
      identityIds: ['i'],
      sequence: { steps: steps('message') },
    };
    const { campaignId } = await createCampaign(ports, caller, wanted);
    const none = { exposed: 0, sent: 0, replied: 0, reply: { rate: 0, low: 0, high: 1 } };
    expect((await resultsOf(campaignId)).steps).toMatchObject([
      {
        variants: [
          { variant: 'short', ...none },
          { variant: 'long', ...none },
        ],
      },
    ]);
    const other = otherWorkspace(world);
    await expect(variantResults(ports, other.caller, campaignId)).rejects.toMatchObject({
      code: 'campaign/not-found',
    });
  });

  it('are counted from their own index, however many actions others have', async () => {
    const { campaignId } = await launched('messenger', 1);
    await inScope(world, async ({ tx, tenantId }) => {
      await tx.query(manyEnrollments, [tenantId, 'another', monday]);
      await tx.query(manyActions, [tenantId, 'another', plus(monday, hourMs)]);
    });
    await world.asOwner('analyze');
    const plan = await inScope(world, async ({ tx, tenantId }) => {
      const { rows } = await tx.query<{ 'QUERY PLAN': string }>(
        `explain (analyze, costs off, timing off, summary off) ${variantTallies}`,
        [tenantId, campaignId],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('actions_variants');
    expect(plan).not.toContain('Seq Scan');
  });
});

// Twenty thousand leads of a campaign, half of them written to, and three plain actions beside each.
const manyEnrollments = `
insert into enrollments (tenant_id, enrollment_id, campaign_id, lead_id, identity_id, sequence_version, status,
  enrolled_at, version, replied_at)
select $1, 'e-' || n, $2, 'l-' || n, 'i', 1, 'messaging', $3, 1,
  case when n % 10 = 0 then $3::timestamptz + interval '2 hours' end
from generate_series(1, 20000) n`;

const manyActions = `
insert into actions (tenant_id, enrollment_id, action_id, campaign_id, lead_id, identity_id, step, step_id, kind,
  message_type, requires_connection, status, variant_id, sent_at)
select $1, 'e-' || n, 'e-' || n || '.' || step || '.0', $2, 'l-' || n, 'i', step, 's' || step, 'message', '', false,
  'sent', case when step > 0 then '' when n % 2 = 0 then 'short' else 'long' end,
  case when step = 0 and n % 4 < 2 then $3::timestamptz end
from generate_series(1, 20000) n, generate_series(0, 3) step`;
