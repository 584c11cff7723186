import { hourMs, instant, minuteMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import {
  addDoNotContact,
  listDoNotContact,
  removeDoNotContact,
} from '../src/app/do-not-contact.js';
import { intendAction } from '../src/app/intend-action.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import { getLead, listLeadEvents, listLeads, type LeadsWanted } from '../src/app/leads.js';
import { moveAccepted } from '../src/app/move-accepted.js';
import { recordAcceptance, recordReply } from '../src/app/record-sightings.js';
import { updateLead, type LeadChange } from '../src/app/update-lead.js';
import {
  fingerprintOf,
  inScope,
  later,
  launched,
  newCampaign,
  onMonday,
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
beforeEach(() => {
  world = onMonday(world);
});

const show = (leadId: string) => getLead(world.ports, world.caller, leadId);
const change = (leadId: string, more: Partial<LeadChange>) =>
  updateLead(world.ports, world.caller, {
    leadId,
    expectedVersion: 0,
    fields: {},
    customFields: {},
    removedCustomFields: [],
    ...more,
  });
const list = async (more: Partial<LeadsWanted> = {}) => {
  const wanted = { limit: 200, cursor: '', campaignId: '', status: '', ...more };
  return (await listLeads(world.ports, world.caller, wanted)).items;
};
async function oneLead(more: Parameters<typeof person>[1] = {}): Promise<string> {
  const { leadIds } = await launched(world, [person('Ada', more)]);
  return leadIds[0]!;
}
async function intend(leadId: string) {
  const { enrollmentId, nextActionId: actionId } = (await show(leadId)).enrollments[0]!;
  const intent = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
  return intendAction(world.ports, world.caller, { ...intent, relation: 'first_degree' });
}

describe('A change of a lead (F049)', () => {
  it('sets, replaces and removes fields, and counts versions', async () => {
    const leadId = await oneLead({ customFields: { seats: '5', plan: 'pro' } });
    const lead = await change(leadId, {
      expectedVersion: 1,
      fields: { title: ' CTO ' },
      customFields: { seats: '9', city: 'Porto' },
      removedCustomFields: ['plan'],
    });
    expect(lead).toMatchObject({
      title: 'CTO',
      version: 2,
      customFields: { seats: '9', city: 'Porto' },
    });
    expect((await show(leadId)).customFields).toEqual({ seats: '9', city: 'Porto' });
    expect(await change(leadId, { fields: { title: 'CTO' } })).toMatchObject({ version: 2 });
  });

  it('is refused for an older version, and changes nothing then', async () => {
    const leadId = await oneLead();
    await change(leadId, { fields: { title: 'CTO' } });
    const late = change(leadId, { expectedVersion: 1, fields: { title: 'CEO' } });
    await expect(late).rejects.toMatchObject({ code: 'lead/changed' });
    expect(await show(leadId)).toMatchObject({ title: 'CTO', version: 2 });
  });

  it.each<Partial<LeadChange> & { path: string; message: string }>([
    { path: '/firstName', message: 'first_name is missing.', fields: { firstName: ' ' } },
    {
      path: '/timeZone',
      message: 'time_zone is not an IANA time zone.',
      fields: { timeZone: 'Mars/Base' },
    },
    { path: '/title', message: 'title is too long.', fields: { title: 'x'.repeat(2_001) } },
    {
      path: '/email',
      message: 'email holds control characters.',
      fields: { email: 'a\u0000' },
    },
    {
      path: '/customFields/seats~01',
      message: 'custom_fields.seats~1 is too long.',
      customFields: { 'seats~1': 'x'.repeat(2_001) },
    },
    {
      path: '/customFields',
      message: 'custom_fields has more than 50 fields.',
      customFields: Object.fromEntries(people(51).map((_, i) => [`c${i}`, 'x'])),
    },
    {
      path: '/customFields',
      message: 'custom_fields has more than 20000 characters together.',
      customFields: Object.fromEntries(people(11).map((_, i) => [`c${i}`, 'x'.repeat(2_000)])),
    },
  ])('names the field that cannot be kept: $path $message', async ({ path, message, ...given }) => {
    const leadId = await oneLead();
    const wrong = change(leadId, given);
    await expect(wrong).rejects.toMatchObject({ problems: [{ path, message }] });
  });

  it('refuses custom fields whose name no text could name', async () => {
    const leadId = await oneLead();
    for (const name of ['a{b', 'a|b', 'a/b', ' ', '\u0000', 'x'.repeat(65)]) {
      const wrong = change(leadId, { customFields: { [name]: 'x' } });
      await expect(wrong).rejects.toMatchObject({ problems: [{ path: '/customFields' }] });
    }
  });

  it('is a fact that says which fields, and stores nothing in clear (P11)', async () => {
    const leadId = await oneLead();
    await change(leadId, { fields: { title: 'Clearname' }, customFields: { seats: 'Clearseats' } });
    const page = { leadId, limit: 50, cursor: '' };
    const { items } = await listLeadEvents(world.ports, world.caller, page);
    expect(items.find(({ type }) => type === 'LeadChanged')).toMatchObject({
      data: { fields: ['title', 'customFields'] },
      meta: { actor: 'test' },
    });
    for (const table of ['leads', 'events']) {
      const { rows } = await inScope(world, ({ tx }) =>
        tx.query<{ text: string }>(`select string_agg(t::text, ' ') as text from ${table} t`),
      );
      expect(rows[0]!.text).not.toMatch(/clear(name|seats)/i);
    }
  });

  it('takes another address of the same person, never one of somebody else (F047, P23)', async () => {
    const { leadIds } = await launched(world, [person('Ada'), person('Bo')]);
    const [ada = '', bo = ''] = leadIds;
    const linkedinUrl = 'https://www.linkedin.com/in/ada-renamed';
    await change(ada, { fields: { linkedinUrl } });
    expect(await intend(ada)).toMatchObject({ profileUrl: linkedinUrl });
    const other = change(bo, { fields: { linkedinUrl: 'linkedin.com/in/ADA-Renamed/?x' } });
    await expect(other).rejects.toMatchObject({ code: 'lead/other-person' });
    const none = change(bo, { fields: { linkedinUrl: 'https://evil.example/in/bo' } });
    await expect(none).rejects.toMatchObject({ problems: [{ path: '/linkedinUrl' }] });
  });

  it('keeps where and why a person was picked (F056, S3-14)', async () => {
    const leadId = await oneLead({ pickedSource: 'webinar', pickedBecause: 'asked about prices' });
    expect(await show(leadId)).toMatchObject({
      pickedSource: 'webinar',
      pickedBecause: 'asked about prices',
    });
  });
});

describe('Do-not-contact (F054, P17, I2)', () => {
  const add = (entry: Parameters<typeof addDoNotContact>[2]) =>
    addDoNotContact(world.ports, world.caller, entry);
  const reason = 'asked';

  it.each([
    ['a person', { linkedinUrl: 'linkedin.com/in/ADA-Vale/' }],
    ['an e-mail address', { email: 'Ada+x@Mail.Vale.example' }],
    ['a company', { companyName: 'vale  & co ltd' }],
    ['a domain', { domain: 'https://www.vale.example/' }],
    ['the domain of the website', { domain: 'vale-group.example' }],
  ])('by %s refuses the next intent and stops who is under way', async (_, entry) => {
    const leadId = await oneLead({
      email: 'ada@mail.vale.example',
      companyName: 'Vale & Co.',
      companyWebsite: 'http://eu.vale-group.example/team',
    });
    await add({ ...entry, reason });
    await expect(intend(leadId)).rejects.toMatchObject({ code: 'do-not-contact/listed' });
    await settle(world);
    expect((await show(leadId)).enrollments[0]).toMatchObject({
      status: 'stopped',
      reason: 'do-not-contact/listed',
      nextActionId: '',
    });
  });

  it('is looked at when somebody is added, by any of their marks', async () => {
    await add({ domain: 'vale.example', reason });
    const campaignId = await newCampaign(world);
    const leads = [person('Ada', { email: 'ada@mail.vale.example' }), person('Bo')];
    const added = await addLeads(world.ports, world.caller, { campaignId, leads });
    expect(added).toMatchObject([
      { verdict: 'rejected', reason: 'This person or company is on do-not-contact.' },
      { verdict: 'added' },
    ]);
  });

  it('means nobody else: neither a longer name nor another workspace', async () => {
    const leadId = await oneLead({ email: 'ada@notvale.example', companyName: 'Vale & Co Works' });
    await add({ domain: 'vale.example', reason });
    await add({ companyName: 'Vale & Co', reason });
    await addDoNotContact(world.ports, otherWorkspace(world).caller, {
      linkedinUrl: person('Ada').linkedinUrl,
      reason,
    });
    await settle(world);
    await expect(intend(leadId)).resolves.toMatchObject({ kind: 'message' });
  });

  it('holds for a change of a lead: a new address may be a listed one', async () => {
    const leadId = await oneLead();
    await add({ domain: 'vale.example', reason });
    await settle(world);
    await change(leadId, { fields: { email: 'ada@vale.example' } });
    await expect(intend(leadId)).rejects.toMatchObject({ code: 'do-not-contact/listed' });
  });

  it('is listed by kind, taken off again, and kept once', async () => {
    const first = await add({ domain: 'vale.example', reason });
    expect(await add({ domain: 'VALE.example.', reason: 'again' })).toEqual(first);
    await add({ companyName: 'Acme', reason });
    await add({ linkedinUrl: 'linkedin.com/in/x-vale', reason });
    const page = { limit: 10, cursor: '' };
    const shown = await listDoNotContact(world.ports, world.caller, { ...page, kind: 'domain' });
    expect(shown.items).toMatchObject([{ kind: 'domain', name: 'vale.example', reason }]);
    const all = await listDoNotContact(world.ports, world.caller, { ...page, kind: '' });
    expect(all.items.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'company Acme',
      'domain vale.example',
      'person ',
    ]);
    await removeDoNotContact(world.ports, world.caller, first.entryId);
    const leadId = await oneLead({ email: 'ada@vale.example' });
    await expect(intend(leadId)).resolves.toMatchObject({ kind: 'message' });
  });

  it.each([
    [{}, ''],
    [{ domain: 'a.example', email: 'a@b.example' }, ''],
    [{ domain: 'com' }, '/domain'],
    [{ domain: 'co.uk' }, '/domain'],
    [{ domain: "'; drop table leads; --" }, '/domain'],
    [{ email: 'nobody' }, '/email'],
    [{ companyName: ' , ' }, '/companyName'],
    [{ linkedinUrl: 'https://evil.example/in/x' }, '/linkedinUrl'],
  ])('refuses %j, and says where', async (entry, path) => {
    await expect(add({ ...entry, reason })).rejects.toMatchObject({ problems: [{ path }] });
  });

  it('stops hundreds of one company, each once', async () => {
    const many = people(600, 'acme').map((lead) => ({ ...lead, companyName: 'Acme' }));
    await launched(world, many);
    await add({ companyName: 'Acme', reason });
    await settle(world);
    expect(await list({ status: 'stopped', limit: 200 })).toHaveLength(200);
    const { rows } = await inScope(world, ({ tx, tenantId }) =>
      tx.query<{ stops: number }>(
        `select count(*)::int as stops from events
         where tenant_id = $1 and type = 'EnrollmentStopped'`,
        [tenantId],
      ),
    );
    expect(rows[0]!.stops).toBe(600);
  });
});

describe('The list of leads', () => {
  it('finds who accepted, with the time and the name of the campaign (S2-56, S2-57)', async () => {
    const { campaignId, leadIds } = await wonBy(['Ada', 'Bo', 'Cy'], 2);
    const items = await list({ campaignId, accepted: true });
    expect(items.map(({ leadId }) => leadId).sort()).toEqual(leadIds.slice(0, 2).sort());
    expect(items[0]!.enrollments[0]).toMatchObject({
      campaignName: 'Spring',
      connectionAcceptedAt: world.clock.now(),
    });
    expect(await list({ accepted: true })).toHaveLength(2);
    expect(await list({ campaignId, accepted: true, identityId: 'nobody' })).toEqual([]);
  });

  it('gives fewer at once where leads hold much: a page fits into a message', async () => {
    const customFields = Object.fromEntries(people(10).map((_, i) => [`c${i}`, 'x'.repeat(1_900)]));
    const campaignId = await newCampaign(world);
    const leads = people(40, 'big').map((lead) => ({ ...lead, customFields }));
    await addLeads(world.ports, world.caller, { campaignId, leads });
    const found = new Set<string>();
    let cursor = '';
    do {
      const wanted = { limit: 200, cursor, campaignId, status: '' };
      const page = await listLeads(world.ports, world.caller, wanted);
      expect(JSON.stringify(page).length).toBeLessThan(500_000);
      for (const { leadId } of page.items) found.add(leadId);
      cursor = page.nextCursor;
    } while (cursor !== '');
    expect(found.size).toBe(40);
  });

  it('finds who changed since an instant: by their own fields, their campaigns, or by coming', async () => {
    const { leadIds } = await launched(world, [person('Ada'), person('Bo'), person('Cy')]);
    const [ada = '', bo = ''] = leadIds;
    const since = later(world, hourMs);
    expect(await list({ changedSince: since })).toEqual([]);
    later(world, minuteMs);
    await change(ada, { fields: { title: 'CTO' } });
    const reply = { messageId: 'm', repliedAt: since, witness: 'sync' };
    await inScope(world, (scope) => recordReply(world.ports, scope, { leadId: bo, ...reply }));
    const { leadIds: later3 } = await launched(world, [person('Di')]);
    const found = await list({ changedSince: since });
    expect(found.map(({ leadId }) => leadId).sort()).toEqual([ada, bo, ...later3].sort());
    const inReplied = await list({ changedSince: since, status: 'replied' });
    expect(inReplied.map(({ leadId }) => leadId)).toEqual([bo]);
    expect(await list({ changedSince: instant('2099-01-01T00:00:00Z') })).toEqual([]);
  });
});

describe('Moving accepted leads into a messenger (F058, S2-56)', () => {
  const move = (campaignId: string, toCampaignId: string, limit = 200, cursor = '') =>
    moveAccepted(world.ports, world.caller, { campaignId, toCampaignId, limit, cursor });

  it('gives one verdict each, once, and each lead keeps its identity (F098, P25)', async () => {
    const { campaignId, leadIds } = await wonBy(['Ada', 'Bo', 'Cy', 'Di'], 3);
    const identityIds = ['identity-2', 'identity-1'];
    const to = await newCampaign(world, { identityIds });
    later(world, minuteMs);
    const { items } = await move(campaignId, to);
    expect(items).toHaveLength(3);
    expect(items.every(({ verdict }) => verdict === 'moved')).toBe(true);
    expect(items.every(({ identityId }) => identityId === 'identity-1')).toBe(true);
    const again = await move(campaignId, to);
    expect(again.items.map(({ verdict }) => verdict)).toEqual(Array(3).fill('already_moved'));
    const lead = await show(leadIds[0]!);
    expect(lead.enrollments).toMatchObject([
      { campaignId, status: 'stopped', reason: 'moved_to_campaign' },
      { campaignId: to, status: 'new', identityId: 'identity-1' },
    ]);
    expect((await show(leadIds[3]!)).enrollments).toHaveLength(1);
  });

  it('goes page by page', async () => {
    const { campaignId } = await wonBy(['Ada', 'Bo', 'Cy'], 3);
    const to = await newCampaign(world);
    const first = await move(campaignId, to, 2);
    const second = await move(campaignId, to, 2, first.nextCursor);
    expect([...first.items, ...second.items].map(({ verdict }) => verdict)).toEqual(
      Array(3).fill('moved'),
    );
    expect(second.nextCursor).toBe('');
  });

  it('refuses, lead by lead, whom a person has taken over or nobody may write to', async () => {
    const names = ['Replied', 'Listed', 'Strange', 'Fine'];
    const { campaignId, leadIds } = await wonBy(names, 4);
    const to = await newCampaign(world);
    await inScope(world, (scope) =>
      recordReply(world.ports, scope, {
        leadId: leadIds[0]!,
        messageId: 'm',
        repliedAt: world.clock.now(),
        witness: 'sync',
      }),
    );
    const { linkedinUrl } = person('Listed');
    await addDoNotContact(world.ports, world.caller, { linkedinUrl, reason: '' });
    const { items } = await move(campaignId, to);
    const verdicts = new Map(
      items.map(({ leadId, verdict, reason }) => [leadId, [verdict, reason]]),
    );
    expect(leadIds.map((leadId) => verdicts.get(leadId))).toEqual([
      ['refused', 'This lead has replied; a person has taken over.'],
      ['refused', 'This person or company is on do-not-contact.'],
      ['moved', ''],
      ['moved', ''],
    ]);
    const elsewhere = await newCampaign(world, { identityIds: ['identity-9'] });
    const none = await move(campaignId, elsewhere);
    expect(none.items.every(({ verdict }) => verdict === 'refused')).toBe(true);
  });

  it('is a continuation, also where everybody is contacted once', async () => {
    const { campaignId } = await wonBy(['Ada'], 1);
    const to = await newCampaign(world);
    const rules = { contactOnce: true };
    await setLeadRules(world.ports, world.caller, { campaignId: '', expectedVersion: 0, rules });
    expect((await move(campaignId, to)).items).toMatchObject([{ verdict: 'moved' }]);
  });

  it('is refused between campaigns of the wrong types, with advice', async () => {
    const { campaignId } = await wonBy(['Ada'], 1);
    const to = await newCampaign(world);
    await expect(move(to, to)).rejects.toMatchObject({ code: 'campaign/not-connector' });
    await expect(move(campaignId, campaignId)).rejects.toMatchObject({
      code: 'campaign/not-messenger',
    });
    await expect(move(campaignId, 'nobody')).rejects.toMatchObject({ code: 'campaign/not-found' });
  });
});

/** A connector campaign of which the first few have accepted. */
async function wonBy(names: readonly string[], accepted: number) {
  const leads = names.map((name) => person(name));
  for (const lead of leads) world.relations.strangers.add(fingerprintOf(world, lead));
  const { campaignId, leadIds } = await launched(world, leads, { type: 'connector' });
  for (const leadId of leadIds.slice(0, accepted)) {
    const seen = { identityId: 'identity-1', acceptedAt: world.clock.now(), fingerprints: [] };
    await inScope(world, (scope) =>
      recordAcceptance(world.ports, scope, { ...seen, leadId, witness: 'connections' }),
    );
  }
  return { campaignId, leadIds };
}
