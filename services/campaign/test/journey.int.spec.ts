import { dayMs, hourMs, plus } from '@overture/kernel';
import { campaignStats, listActions } from '../src/app/campaign-stats.js';
import { retryLead, simulateReply, stopLead } from '../src/app/control-lead.js';
import { intendAction, type Intent } from '../src/app/intend-action.js';
import { getCampaign } from '../src/app/campaigns.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import { getLead } from '../src/app/leads.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import { recordOutcome, type Outcome } from '../src/app/record-attempts.js';
import { recordAcceptance, recordReply } from '../src/app/record-sightings.js';
import { addLeads } from '../src/app/add-leads.js';
import {
  fingerprintOf,
  inScope,
  later,
  launched,
  monday,
  newCampaign,
  otherWorkspace,
  people,
  person,
  settle,
  startWorld,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world = otherWorkspace(world);
  const rules = { exclusive: false };
  await setLeadRules(world.ports, world.caller, { campaignId: '', expectedVersion: 0, rules });
  world.clock.set({ mode: 'virtual', now: monday });
});

async function enrollmentOf(leadId: string, campaignId?: string) {
  const { enrollments } = await getLead(world.ports, world.caller, leadId);
  return enrollments.find((each) => !campaignId || each.campaignId === campaignId)!;
}

/** Authorises the next action of a lead and reports this outcome of it. */
async function act(
  leadId: string,
  outcome: Outcome,
  { relation = 'first_degree', epoch = 1 }: Partial<Pick<Intent, 'relation' | 'epoch'>> = {},
) {
  const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
  const intent = { enrollmentId, actionId, epoch, syncedAt: world.clock.now() };
  await intendAction(world.ports, world.caller, { ...intent, relation });
  const claim = { enrollmentId, actionId, epoch };
  await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, outcome));
  return actionId;
}

const accepted: Outcome = { type: 'accepted', alreadyConnected: false };

async function strangerIn(name: string) {
  const lead = person(name);
  world.relations.strangers.add(fingerprintOf(world, lead));
  const { campaignId, leadIds } = await launched(world, [lead], { type: 'connector' });
  return { campaignId, leadId: leadIds[0]!, lead };
}

const visitAndInvite = async (leadId: string) => {
  await act(leadId, accepted, { relation: 'not_connected' });
  await act(leadId, accepted, { relation: 'not_connected' });
};

describe('A connector lead', () => {
  it('is visited, invited, waits for acceptance, is written to and is done (S2-42, S2-43, S2-44)', async () => {
    const { campaignId, leadId } = await strangerIn('Journey');
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'ready_to_connect' });
    await visitAndInvite(leadId);
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'invited',
      reason: 'await_acceptance',
      deadlineAt: plus(monday, 21 * dayMs),
    });
    later(world, hourMs);
    const seen = {
      identityId: 'identity-1',
      leadId,
      acceptedAt: world.clock.now(),
      witness: 'sync',
      fingerprints: ['f-member'],
    };
    await inScope(world, (scope) => recordAcceptance(world.ports, scope, seen));
    const connected = await enrollmentOf(leadId);
    expect(connected).toMatchObject({ status: 'connected' });
    expect(connected).not.toHaveProperty('deadlineAt');
    const first = await act(leadId, accepted);
    expect(first).toMatch(/\.2\.0$/);
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'messaging',
      nextActionAt: plus(world.clock.now(), 3 * dayMs),
    });
    later(world, 3 * dayMs);
    await act(leadId, accepted);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'completed' });
    await settle(world);
    expect((await getCampaign(world.ports, world.caller, campaignId)).status).toBe('finished');
    const stats = await campaignStats(world.ports, world.caller, campaignId);
    expect(stats).toMatchObject({ sent: 4, accepted: 1, replied: 0 });
    expect(stats.leads).toEqual([{ status: 'completed', count: 1 }]);
    const page = { limit: 50, cursor: '', campaignId, identityId: '' };
    const listed = (status: string) =>
      listActions(world.ports, world.caller, { ...page, status }).then(({ items }) => items.length);
    expect([await listed('sent'), await listed('pending')]).toEqual([4, 0]);
  });

  it('is invited without the note when the month has none left (F027, P20)', async () => {
    const { leadId } = await strangerIn('Quota');
    await act(leadId, accepted, { relation: 'not_connected' });
    const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
    const syncedAt = world.clock.now();
    const intent = {
      enrollmentId,
      actionId,
      epoch: 1,
      syncedAt,
      relation: 'not_connected',
    } as const;
    const asked = { ...intent, withoutNote: true };
    const answer = await intendAction(world.ports, world.caller, asked);
    expect(answer).toMatchObject({ kind: 'connect', text: '' });
    expect(await intendAction(world.ports, world.caller, asked)).toEqual(answer);
  });

  it('expires when nobody accepts in time, and its campaign finishes', async () => {
    const { campaignId, leadId } = await strangerIn('Silent');
    await visitAndInvite(leadId);
    later(world, 20 * dayMs);
    await settle(world);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'invited' });
    later(world, dayMs);
    await settle(world);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'expired' });
    expect((await getCampaign(world.ports, world.caller, campaignId)).status).toBe('finished');
    const more = { campaignId, leads: people(1, 'more') };
    await expect(addLeads(world.ports, world.caller, more)).rejects.toMatchObject({
      code: 'campaign/over',
    });
  });

  it('who is connected already skips the invitation (S4-31)', async () => {
    const { leadId } = await strangerIn('Friend');
    await act(leadId, accepted, { relation: 'not_connected' });
    const { enrollmentId, nextActionId } = await enrollmentOf(leadId);
    const claim = { enrollmentId, actionId: nextActionId, epoch: 1 };
    const intent = { ...claim, syncedAt: world.clock.now(), relation: 'not_connected' as const };
    await intendAction(world.ports, world.caller, intent);
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, claim, { type: 'rejected', label: 'ALREADY_CONNECTED' }),
    );
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'connected' });
  });
});

describe('An outcome', () => {
  it('that is unknown holds the lead until it is read back (I10)', async () => {
    const { leadIds } = await launched(world, people(1, 'unknown'));
    const leadId = leadIds[0]!;
    const actionId = await act(leadId, { type: 'unknown' });
    expect(await enrollmentOf(leadId)).toMatchObject({
      nextActionId: actionId,
      reason: 'await_outcome',
    });
    const { enrollmentId } = await enrollmentOf(leadId);
    const claim = { enrollmentId, actionId, epoch: 1 };
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, claim, { type: 'confirmed' }),
    );
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'messaging' });
  });

  it('that is certainly not sent lets the same action go again under a later claim', async () => {
    const { leadIds } = await launched(world, people(1, 'absent'));
    const actionId = await act(leadIds[0]!, { type: 'unknown' });
    const { enrollmentId } = await enrollmentOf(leadIds[0]!);
    const claim = { enrollmentId, actionId, epoch: 1 };
    await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, { type: 'absent' }));
    expect(await act(leadIds[0]!, accepted, { epoch: 2 })).toBe(actionId);
  });

  it('without a rule waits for a person, who may retry it (F081, S2-64)', async () => {
    const { leadIds } = await launched(world, people(1, 'halt'));
    await act(leadIds[0]!, { type: 'rejected', label: 'INVALID_INPUT' });
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({
      status: 'halted',
      reason: 'INVALID_INPUT',
    });
    const control = { leadId: leadIds[0]!, enrollmentId: '', reason: '' };
    const { enrollments } = await retryLead(world.ports, world.caller, control);
    expect(enrollments[0]).toMatchObject({
      status: 'ready_to_message',
      nextActionId: expect.stringMatching(/\.0\.1$/) as string,
    });
  });

  it('of nobody we know changes nothing', async () => {
    const claim = { enrollmentId: 'nobody', actionId: 'nobody.0.0', epoch: 1 };
    await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, accepted));
  });
});

describe('A reply', () => {
  it('silences every campaign of this person in the workspace (S1-22, F084)', async () => {
    const lead = person('Everywhere');
    const first = await launched(world, [lead]);
    const second = await launched(world, [lead]);
    const reply = { leadId: first.leadIds[0]!, messageId: 'm', repliedAt: monday, witness: 'sync' };
    await inScope(world, (scope) => recordReply(world.ports, scope, reply));
    for (const { campaignId } of [first, second]) {
      const row = await enrollmentOf(first.leadIds[0]!, campaignId);
      expect(row).toMatchObject({ status: 'replied', repliedAt: monday });
      const wanted = { campaignId, identityId: '', status: '', limit: 50, cursor: '' };
      const { items } = await listActions(world.ports, world.caller, wanted);
      expect(items.map(({ status }) => status)).toEqual(['dropped', 'dropped', 'dropped']);
    }
  });

  it('can be simulated (S1-21, F092), and a repeat changes nothing', async () => {
    const { leadIds } = await launched(world, people(1, 'simulated'));
    const control = { leadId: leadIds[0]!, enrollmentId: '', reason: '' };
    const once = await simulateReply(world.ports, world.caller, control);
    expect(once.enrollments[0]).toMatchObject({ status: 'replied' });
    const twice = await simulateReply(world.ports, world.caller, control);
    expect(twice.enrollments[0]?.version).toBe(once.enrollments[0]?.version);
  });
});

describe('The read models', () => {
  it('equal the fold of their events (I13)', async () => {
    const { leadIds, campaignId } = await launched(world, people(4, 'rebuild'));
    await act(leadIds[0]!, accepted);
    await act(leadIds[1]!, { type: 'rejected', label: 'PROFILE_NOT_ACCESSIBLE' });
    const control = { leadId: leadIds[2]!, enrollmentId: '', reason: 'enough' };
    await stopLead(world.ports, world.caller, control);
    await newCampaign(world, { type: 'connector' });
    const tables = ['campaigns', 'sequences', 'enrollments', 'actions'];
    const live = await dump(tables);
    await inScope(world, async ({ tx, tenantId }) => {
      for (const table of tables)
        await tx.query(`delete from ${table} where tenant_id = $1`, [tenantId]);
    });
    // Two campaigns, four leads in one of them, and the rules of the workspace.
    expect(await rebuildViews(world.ports, world.caller)).toBe(7);
    expect(await dump(tables)).toEqual(live);
    expect(live['actions']).toHaveLength(12);
    expect(campaignId).not.toBe('');
  });

  async function dump(tables: readonly string[]): Promise<Record<string, unknown[]>> {
    const dumped: Record<string, unknown[]> = {};
    for (const table of tables) {
      const { rows } = await inScope(world, ({ tx, tenantId }) =>
        tx.query<{ row: object }>(
          `select to_jsonb(t) as row from ${table} t where tenant_id = $1 order by to_jsonb(t)::text`,
          [tenantId],
        ),
      );
      dumped[table] = rows.map(({ row }) => row);
    }
    return dumped;
  }
});
