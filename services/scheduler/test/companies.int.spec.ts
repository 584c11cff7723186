import { dayMs, hourMs, minuteMs, plus, toMs } from '@overture/kernel';
import { decideAgain, type RecordedDecision } from '@overture/planner';
import { PostgresCompanyContacts } from '../src/adapters/postgres-company-contacts.js';
import type { ContactAtCompany } from '../src/app/company-contacts.js';
import type { PlannedAction } from '../src/app/timetable.js';
import { action, monday, report, tenantId, World } from './world.js';

const cap = { people: 2, days: 7 };
const windowMs = 7 * dayMs + 15 * minuteMs;

/** The first contact with somebody of a company. */
function contact(actionId: string, more: Partial<PlannedAction> = {}): PlannedAction {
  return action(actionId, { kind: 'connect', firstTouch: true, companyKey: 'acme', ...more });
}

async function capped(identityIds: readonly string[], campaignId = 'c-1', loops = 8) {
  const world = await World.make(loops);
  for (const identityId of identityIds) await world.open(identityId, campaignId);
  await world.change((changes) =>
    changes.campaign(campaignId, { type: 'capped', caps: {}, companyCap: cap }),
  );
  return world;
}

/** Claims what may go, and says it went, until an hour has passed in which nothing did. */
async function work(world: World, hours: number): Promise<void> {
  for (let n = 0; n < hours; n++) {
    await world.claim();
    for (const { action_id, identity_id: identityId, epoch } of await world.claims()) {
      await world.news(report('accepted', action_id, { identityId, epoch, at: world.now }));
    }
    world.pass(hourMs);
  }
}

describe('The people of a company', () => {
  it('are contacted a few at a time, and nobody else waits for them (F034)', async () => {
    const world = await capped(['i-1']);
    const acme = ['e1.1.0', 'e2.1.0', 'e3.1.0', 'e4.1.0'];
    await world.plan(
      ...acme.map((id) => contact(id)),
      contact('e5.1.0', { companyKey: 'other', dueAt: plus(monday, minuteMs) }),
      contact('e6.1.0', { companyKey: '', dueAt: plus(monday, 2 * minuteMs) }),
    );
    await work(world, 6);
    const went = (await world.uses()).map((use) => use.action_id);
    expect(went).toEqual(['e1.1.0', 'e2.1.0', 'e5.1.0', 'e6.1.0']);
    const until = plus(monday, windowMs);
    const { because, nextAt, change, rules } = await world.explain('e3.1.0');
    expect({ because, nextAt }).toEqual({ because: 'company_cap', nextAt: until });
    expect(rules.at(-1)).toMatchObject({
      rule: 'company_cap',
      inputs: { people: 2, cap: 2, days: 7, contacted: false },
    });
    expect(change).toContain('2 of 2 in 7 days');
    const [listed] = await world.views.entries({ tenantId, actionIds: ['e3.1.0'], limit: 1 });
    expect(listed).toMatchObject({ reason: 'company_cap', nextAt: until });
  });

  it('go when the first contact is long enough ago, each by the log that says why (F034, M1)', async () => {
    const world = await capped(['i-1']);
    await world.plan(...['e1.1.0', 'e2.1.0', 'e3.1.0'].map((id) => contact(id)));
    await work(world, 2);
    world.now = plus(monday, windowMs - 1);
    await world.claim();
    expect(await world.uses()).toHaveLength(2);
    world.pass(1);
    await world.claim();
    expect((await world.uses()).map((use) => use.action_id)).toContain('e3.1.0');
    const decisions = await world.decisions();
    const recorded = decisions.map(({ decisionJson = '' }) => {
      return JSON.parse(decisionJson) as RecordedDecision;
    });
    expect(recorded.map(({ facts }) => facts.company?.people.used)).toEqual([0, 1, 1]);
    for (const [index, { at }] of decisions.entries()) {
      const again = decideAgain(recorded[index]!, { identityId: 'i-1', at });
      expect(again).toMatchObject({ go: true });
    }
  });

  it('are counted across campaigns, and follow-ups and known people are not new (F034)', async () => {
    const world = await capped(['i-1', 'i-2']);
    await world.open('i-2', 'c-2');
    const ada = { leadId: 'ada' };
    const free = { identityId: 'i-2', campaignId: 'c-2' };
    await world.plan(contact('e1.1.0', { ...free, ...ada }), contact('e2.1.0', free));
    await work(world, 2);
    await world.plan(
      contact('e3.1.0', { dueAt: plus(monday, -hourMs) }),
      contact('e4.1.0', ada),
      action('e1.2.0', { kind: 'message', companyKey: 'acme' }),
    );
    await work(world, 4);
    const went = (await world.uses()).map((use) => use.action_id);
    expect(went.toSorted()).toEqual(['e1.1.0', 'e1.2.0', 'e2.1.0', 'e4.1.0']);
    expect((await world.explain('e3.1.0')).because).toBe('company_cap');
  });

  it('are asked again once the campaign has another cap, or none (F034)', async () => {
    const world = await capped(['i-1']);
    await world.plan(...['e1.1.0', 'e2.1.0', 'e3.1.0'].map((id) => contact(id)));
    await work(world, 4);
    expect(await world.waiting()).toEqual(['e3.1.0']);
    await world.change((changes) => changes.campaign('c-1', { type: 'capped', caps: {} }));
    await work(world, 1);
    expect(await world.waiting()).toEqual([]);
  });

  it('have their place back when nothing was sent (F034, I10)', async () => {
    const world = await capped(['i-1']);
    await world.plan(...['e1.1.0', 'e2.1.0', 'e3.1.0'].map((id) => contact(id)));
    await world.claim();
    const [claim] = await world.claims();
    const given = { identityId: 'i-1', epoch: claim!.epoch, cause: 'sync/stale', at: monday };
    await world.news(report('released', claim!.action_id, given));
    await work(world, 6);
    expect(await world.uses()).toHaveLength(2);
    const rows = await world.rows<{ company_key: string; lead_id: string }>(
      'select company_key, lead_id from uses',
    );
    expect(new Set(rows.map((row) => row.company_key))).toEqual(new Set(['acme']));
    expect(new Set(rows.map((row) => row.lead_id)).size).toBe(2);
  });

  it('are told to whoever looks ahead, of each person the newest, page by page (F034, M3)', async () => {
    const world = await capped(['i-1', 'i-2']);
    await world.plan(
      contact('e1.1.0', { leadId: 'ada' }),
      contact('e2.1.0', { leadId: 'ben', companyKey: 'other', dueAt: plus(monday, hourMs) }),
    );
    await work(world, 3);
    await world.plan(contact('e3.1.0', { leadId: 'ada', identityId: 'i-2' }));
    await work(world, 1);
    const contacts = new PostgresCompanyContacts(world.database);
    const page = (limit: number, after?: ContactAtCompany) =>
      contacts.since(tenantId, monday, { limit, ...(after && { after }) });
    const all = await page(10);
    expect(all).toMatchObject([
      { companyKey: 'other', leadId: 'ben' },
      { companyKey: 'acme', leadId: 'ada', at: plus(monday, 3 * hourMs) },
    ]);
    expect(await page(1)).toEqual(all.slice(0, 1));
    expect(await page(1, all[0])).toEqual(all.slice(1));
    expect(await page(1, all[1])).toEqual([]);
    expect(await contacts.since('other workspace', monday, { limit: 9 })).toEqual([]);
  });

  it('hold no line up, and their queue sleeps until one of them may go (F034, F042)', async () => {
    const world = await capped(['i-1']);
    const ids = Array.from({ length: 30 }, (_, n) => `e${String(n).padStart(2, '0')}.1.0`);
    await world.plan(...ids.map((id) => contact(id)), contact('e99.1.0', { companyKey: 'other' }));
    await work(world, 5);
    expect((await world.uses()).map((use) => use.action_id)).toContain('e99.1.0');
    const slots = await world.rows('select next_slot_at from queues');
    expect(slots).toEqual([{ next_slot_at: plus(monday, windowMs) }]);
  });
});

describe('Many identities at one company', () => {
  const identities = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6'];

  it('never contact more people than the cap, with 24 loops at once (F034, P6)', async () => {
    const world = await capped(identities, 'c-1', 24);
    const companies = ['acme', 'globex', 'initech'];
    await world.plan(
      ...Array.from({ length: 90 }, (_, n) =>
        contact(`e${n}.1.0`, {
          identityId: identities[n % 6] ?? '',
          companyKey: companies[Math.floor(n / 6) % 3] ?? '',
        }),
      ),
    );
    for (let slot = 0; slot < 8; slot++) {
      await Promise.all(Array.from({ length: 24 }, (_, n) => world.claimBatch(1 + (n % 3))));
      for (const { action_id, identity_id: identityId, epoch } of await world.claims()) {
        await world.news(report('accepted', action_id, { identityId, epoch, at: world.now }));
      }
      world.pass(40 * minuteMs);
    }
    const uses = await world.rows<{ company_key: string; used_at: string }>(
      'select company_key, used_at from uses where company_key is not null',
    );
    for (const company of companies) {
      const own = uses.filter((use) => use.company_key === company);
      expect(own).toHaveLength(cap.people);
      expect(own.every(({ used_at }) => toMs(plus(monday, dayMs)) > Date.parse(used_at))).toBe(
        true,
      );
    }
  });

  it('do not take one place twice in one transaction (F034)', async () => {
    const world = await capped(identities);
    await world.plan(...identities.map((identityId, n) => contact(`e${n}.1.0`, { identityId })));
    const { visited } = await world.claimBatch(200);
    expect(visited).toBe(6);
    expect((await world.claims()).map((claim) => claim.identity_id)).toEqual(['i-1', 'i-2']);
  });

  it('find who was contacted by a range of one index, whatever the ledger holds (F034)', async () => {
    const world = await capped(['i-1']);
    await world.rows(
      `insert into uses (tenant_id, identity_id, kind, ordinal, used_at, action_id, first_touch, company_key, lead_id)
       select '7d0f4f0a-6f6e-4f6b-9d7e-0c4c1f0c9a01', 'i-9', 'connect', n, $1::timestamptz - n * interval '1 minute',
         'e' || n, true, 'company-' || n % 500, 'lead-' || n from generate_series(1, 20000) n`,
      [monday],
    );
    const [plan] = await world.rows<{ 'QUERY PLAN': readonly [{ Plan: object }] }>(
      `explain (format json) select lead_id, max(used_at) from uses
       where tenant_id = '7d0f4f0a-6f6e-4f6b-9d7e-0c4c1f0c9a01' and company_key = 'company-7'
         and used_at > '2026-03-01T00:00:00Z' group by lead_id`,
    );
    expect(JSON.stringify(plan)).toContain('uses_company');
  });
});
