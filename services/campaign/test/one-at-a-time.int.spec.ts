import fc from 'fast-check';
import { minuteMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { retryLead, stopLead } from '../src/app/control-lead.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import { getLead } from '../src/app/leads.js';
import { separateLead } from '../src/app/merge-leads.js';
import { recognize } from '../src/app/recognize-person.js';
import {
  inScope,
  later,
  newCampaign,
  otherWorkspace,
  person,
  startWorld,
  type World,
} from './world.js';

const seed = 9;
const numRuns = 25;

const names = ['Old', 'New', 'Other'] as const;
const campaigns = 3;

type Move =
  | {
      readonly do: 'add' | 'launch' | 'retry' | 'stop';
      readonly campaign: number;
      readonly name: number;
    }
  | { readonly do: 'learn' | 'separate'; readonly name: number }
  | { readonly do: 'rule'; readonly campaign: number; readonly exclusive: boolean };

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 1, arbitrary: both('add') },
  { weight: 4, arbitrary: both('launch') },
  { weight: 1, arbitrary: both('retry') },
  { weight: 2, arbitrary: both('stop') },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('learn' as const), name: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('separate' as const), name: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('rule' as const),
      campaign: fc.nat(campaigns - 1),
      exclusive: fc.boolean(),
    }),
  },
);

function both<Do extends 'add' | 'launch' | 'retry' | 'stop'>(what: Do) {
  return fc.record({ do: fc.constant(what), campaign: fc.nat(campaigns - 1), name: fc.nat(2) });
}

describe(`Of two campaigns one of which is exclusive (seed ${seed})`, () => {
  it('only one may act on a person, whatever came before (I9, F052)', async () => {
    await fc.assert(onlyOneActs(await startWorld()), { seed, numRuns });
  });

  it('both would act in a database that knows no exclusivity, and that is seen (I9)', async () => {
    const mutant = await startWorld();
    await mutant.asOwner(`create or replace function campaign.is_exclusive(tenant text, campaign text)
      returns boolean language sql stable as 'select false'`);
    const { failed, errorInstance } = await fc.check(onlyOneActs(mutant), {
      seed,
      numRuns,
      endOnFailure: true,
    });
    expect([failed, String(errorInstance)]).toEqual([
      true,
      expect.stringContaining('may act at once'),
    ]);
  });
});

function onlyOneActs(world: World) {
  return fc.asyncProperty(fc.array(moves, { minLength: 4, maxLength: 12 }), async (told) => {
    const life = await beginLife(world);
    for (const move of told) await life.live(move).catch(onlyRefusals);
    for (const acting of await life.whoMayAct()) {
      const insists = acting.some(({ exclusive }) => exclusive);
      if (acting.length > 1 && insists) throw new Error(`${acting.length} may act at once`);
    }
  });
}

function onlyRefusals(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'DomainError') {
    if (!(error instanceof Error) || error.name !== 'NotFoundError') throw error;
  }
}

async function beginLife(first: World) {
  const world = otherWorkspace(first);
  const { ports, caller } = world;
  const ids: string[] = [];
  for (let index = 0; index < campaigns; index++) ids.push(await newCampaign(world));
  // Nobody insists at first, so that everybody is in several campaigns; then some do.
  const exclusive = ids.map(() => false);
  const rules = { exclusive: false };
  await setLeadRules(ports, caller, { campaignId: '', expectedVersion: 0, rules });
  const leadIds: string[] = names.map(() => '');

  async function live(move: Move): Promise<unknown> {
    later(world, minuteMs);
    const campaignId = 'campaign' in move ? ids[move.campaign]! : '';
    if (move.do === 'rule') {
      exclusive[move.campaign] = move.exclusive;
      const rules = { exclusive: move.exclusive };
      return setLeadRules(ports, caller, { campaignId, expectedVersion: 0, rules });
    }
    const leadId = leadIds[move.name] ?? '';
    switch (move.do) {
      case 'add':
        return add(campaignId, move.name);
      case 'launch':
        return launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
      case 'learn':
        return inScope(world, (scope) =>
          recognize(ports, scope, { leadId, fingerprints: ['the-same-member'] }),
        );
      case 'separate':
        return separateLead(ports, caller, { leadId, reason: '' });
      default:
        return control(move.do, leadId, campaignId);
    }
  }

  for (const [name] of names.entries()) {
    later(world, minuteMs);
    for (const campaignId of ids) await add(campaignId, name);
  }

  async function add(campaignId: string, name: number) {
    const leads = [person(names[name] ?? '')];
    const [verdict] = await addLeads(ports, caller, { campaignId, leads });
    if (verdict?.verdict === 'added') leadIds[name] ||= verdict.leadId;
  }

  async function control(what: 'retry' | 'stop', leadId: string, campaignId: string) {
    const { enrollments } = await getLead(ports, caller, leadId);
    const row = enrollments.find((each) => each.campaignId === campaignId);
    const wanted = { leadId, enrollmentId: row?.enrollmentId ?? 'none', reason: '' };
    return what === 'retry' ? retryLead(ports, caller, wanted) : stopLead(ports, caller, wanted);
  }

  /** By person: the campaigns whose next action would be authorised now. */
  async function whoMayAct(): Promise<{ campaignId: string; exclusive: boolean }[][]> {
    const acting = new Map<string, { campaignId: string; exclusive: boolean }[]>();
    for (const leadId of new Set(leadIds.filter(Boolean))) {
      const lead = await getLead(ports, caller, leadId);
      const known = acting.get(lead.duplicateOf || leadId) ?? [];
      for (const { enrollmentId, nextActionId: actionId, campaignId } of lead.enrollments) {
        const intent = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
        const may = await intendAction(ports, caller, { ...intent, relation: 'first_degree' })
          .then(() => true)
          .catch(() => false);
        if (may) known.push({ campaignId, exclusive: exclusive[ids.indexOf(campaignId)] ?? false });
      }
      acting.set(lead.duplicateOf || leadId, known);
    }
    return [...acting.values()];
  }

  return { live, whoMayAct };
}
