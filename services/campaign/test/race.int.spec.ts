import { plus, seededFraction } from '@overture/kernel';
import { ConflictError } from '@overture/event-store';
import { waitFor } from '@overture/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { addLeads } from '../src/app/add-leads.js';
import { stopLead } from '../src/app/control-lead.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { loseLogin } from '../src/app/identity-gates.js';
import { intendAction, type Intent } from '../src/app/intend-action.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { finishCampaigns } from '../src/app/loops.js';
import { recordReply } from '../src/app/record-sightings.js';
import { pauseCampaign } from '../src/app/run-campaign.js';
import { inTransaction } from '../src/app/scope.js';
import {
  inScope,
  launched,
  monday,
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
  world = otherWorkspace(world);
});

const interleavings = 10;

async function intentsFor(leadIds: readonly string[]): Promise<Intent[]> {
  const intents: Intent[] = [];
  for (const leadId of leadIds) {
    const { enrollments } = await getLead(world.ports, world.caller, leadId);
    const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
    const syncedAt = plus(world.clock.now(), -1_000);
    intents.push({ enrollmentId, actionId, epoch: 1, syncedAt, relation: 'first_degree' });
  }
  return intents;
}

async function typesOf(leadId: string): Promise<string[]> {
  const wanted = { leadId, limit: 100, cursor: '' };
  const { items } = await listLeadEvents(world.ports, world.caller, wanted);
  return items.map(({ type }) => type);
}

// A little later, a little earlier: the seed decides who is first, the database who wins.
const moment = (seed: string) => sleep(Math.floor(seededFraction(seed) * 6));

async function somebodyWaitsForALock(): Promise<boolean> {
  const { rowCount } = await inScope(world, ({ tx }) =>
    tx.query(`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`),
  );
  return rowCount !== 0;
}

describe('An intent and a reply at the same moment', () => {
  it('have one clean order: the intent is refused, or it is recorded before the reply (P5)', async () => {
    const { leadIds } = await launched(world, people(interleavings, 'race'));
    const intents = await intentsFor(leadIds);
    const outcomes = await Promise.all(
      leadIds.map(async (leadId, index) => {
        const reply = { leadId, messageId: `m-${index}`, repliedAt: monday, witness: 'sync' };
        const asked = moment(`intent ${index}`).then(() =>
          intendAction(world.ports, world.caller, intents[index]!),
        );
        const replied = moment(`reply ${index}`).then(() =>
          inTransaction(world.ports, world.caller, (scope) =>
            recordReply(world.ports, scope, reply),
          ),
        );
        const [intent] = await Promise.allSettled([asked, replied]);
        await replied;
        return intent;
      }),
    );
    for (const [index, outcome] of outcomes.entries()) {
      const types = await typesOf(leadIds[index]!);
      const [intended, reply] = [types.indexOf('ActionIntended'), types.indexOf('ReplyReceived')];
      expect(reply).toBeGreaterThan(0);
      if (outcome.status === 'fulfilled') expect(intended).toBeLessThan(reply);
      else {
        expect(outcome.reason).toMatchObject({ code: 'enrollment/replied' });
        expect(intended).toBe(-1);
      }
    }
  });

  it('conflict when the reply commits between the read and the commit of the intent', async () => {
    const { leadIds } = await launched(world, people(1, 'between'));
    const [intent] = await intentsFor(leadIds);
    const reply = { leadId: leadIds[0]!, messageId: 'm', repliedAt: monday, witness: 'sync' };
    const once = inScope(world, async (scope) => {
      await scope.tx.read(scope.tenantId, `enrollment-${intent!.enrollmentId}`);
      await inScope(world, (other) => recordReply(world.ports, other, reply));
      const events = [{ type: 'EnrollmentStopped', data: { cause: 'x', at: monday } }];
      await scope.tx.append(scope.tenantId, `enrollment-${intent!.enrollmentId}`, events, 4);
    });
    await expect(once).rejects.toBeInstanceOf(ConflictError);
  });
});

describe('Once it is acknowledged', () => {
  const closings: readonly [string, (at: number, campaignId: string) => Promise<unknown>][] = [
    [
      'a pause of the campaign',
      (_, campaignId) => pauseCampaign(world.ports, world.caller, { campaignId, cause: 'stop' }),
    ],
    [
      'a lost login',
      (index) =>
        inScope(world, (scope) =>
          loseLogin(world.ports, scope, { identityId: `racer-${index}`, generation: 1 }),
        ),
    ],
    [
      'an entry on do-not-contact',
      () =>
        addDoNotContact(world.ports, world.caller, {
          linkedinUrl: '',
          companyName: 'Vale & Co',
          reason: 'asked',
        }),
    ],
  ];

  it.each(closings)('%s lets no intent commit any more (P5)', async (name, close) => {
    const index = closings.findIndex(([each]) => each === name);
    const options = { identityIds: [`racer-${index}`] };
    const { campaignId, leadIds } = await launched(world, people(30, `closing${index}x`), options);
    const intents = await intentsFor(leadIds);
    let acknowledged = Number.POSITIVE_INFINITY;
    const closing = moment(`close ${index}`)
      .then(() => close(index, campaignId))
      .then(() => {
        acknowledged = performance.now();
      });
    const late: Intent[] = [];
    const asked = intents.map(async (intent, order) => {
      await sleep(order % 10);
      const askedAt = performance.now();
      await intendAction(world.ports, world.caller, intent).then(
        () => (askedAt > acknowledged ? late.push(intent) : undefined),
        () => undefined,
      );
    });
    await Promise.all([closing, ...asked]);
    expect(late).toEqual([]);
    const after = (await Promise.all(leadIds.map(typesOf))).filter((types) =>
      types.includes('ActionIntended'),
    ).length;
    await expect(intendAction(world.ports, world.caller, intents[0]!)).rejects.toBeDefined();
    const still = (await Promise.all(leadIds.map(typesOf))).filter((types) =>
      types.includes('ActionIntended'),
    ).length;
    expect(still).toBe(after);
  });

  it('a pause waits for the intent that holds the gate, so that none can follow it (P5)', async () => {
    const { campaignId, leadIds } = await launched(world, people(1, 'holding'));
    expect(leadIds).toHaveLength(1);
    let [hasIt, letGo] = [(): void => undefined, (): void => undefined];
    const held = new Promise<void>((resolve) => (hasIt = resolve));
    const free = new Promise<void>((resolve) => (letGo = resolve));
    const holding = inScope(world, async (scope) => {
      await world.ports.gates.hold(scope, [{ kind: 'campaign', gateId: campaignId }]);
      hasIt();
      await free;
    });
    await held;
    let paused = false;
    const pausing = pauseCampaign(world.ports, world.caller, { campaignId, cause: 'now' });
    void pausing.then(() => (paused = true));
    await waitFor(async () => paused || (await somebodyWaitsForALock()), { what: 'the pause' });
    expect(paused).toBe(false);
    letGo();
    await Promise.all([holding, pausing]);
    expect(paused).toBe(true);
  });

  it('a lead cannot slip into a campaign that ends at the same moment', async () => {
    const { campaignId, leadIds } = await launched(world, people(1, 'ending'));
    const control = { leadId: leadIds[0]!, enrollmentId: '', reason: '' };
    await stopLead(world.ports, world.caller, control);
    const [added] = await Promise.allSettled([
      addLeads(world.ports, world.caller, { campaignId, leads: people(1, 'slipping') }),
      finishCampaigns(world.ports),
    ]);
    const row = await inScope(world, (scope) => world.ports.campaigns.find(scope, campaignId));
    if (added.status === 'fulfilled' && added.value[0]?.verdict === 'added') {
      expect(row?.status).toBe('launched');
    } else expect(row?.status).toBe('finished');
  });
});
