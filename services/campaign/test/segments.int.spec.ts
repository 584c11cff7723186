import { hourMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { listTags, tagLeads } from '../src/app/lead-tags.js';
import { getLead, listLeads } from '../src/app/leads.js';
import { addSegment, listSegmentLeads } from '../src/app/segment-leads.js';
import type { SegmentFilter } from '../src/app/segment-filter.js';
import {
  createSegment,
  deleteSegment,
  getSegment,
  listSegments,
  updateSegment,
} from '../src/app/segments.js';
import { updateLead } from '../src/app/update-lead.js';
import type { NewLead } from '../src/app/lead-details.js';
import {
  inScope,
  later,
  launched,
  newCampaign,
  onMonday,
  otherWorkspace,
  people,
  person,
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

const page = { limit: 100, cursor: '' };

async function added(leads: readonly NewLead[]): Promise<{ campaignId: string; ids: string[] }> {
  const campaignId = await newCampaign(world);
  const verdicts = await addLeads(world.ports, world.caller, { campaignId, leads });
  return { campaignId, ids: verdicts.map(({ leadId }) => leadId) };
}

const tag = (leadIds: readonly string[], set: readonly string[], unset: readonly string[] = []) =>
  tagLeads(world.ports, world.caller, { leadIds, set, unset });

const nothing: SegmentFilter = {
  tags: [],
  withoutTags: [],
  companies: [],
  titles: [],
  industries: [],
  timeZones: [],
  campaignIds: [],
  withoutCampaignIds: [],
  statuses: [],
};

async function segment(filter: Partial<SegmentFilter>, name = 'Prospects'): Promise<string> {
  const wanted = { name, filter: { ...nothing, ...filter } };
  return (await createSegment(world.ports, world.caller, wanted)).segmentId;
}

async function meant(segmentId: string): Promise<string[]> {
  const wanted = { ...page, segmentId };
  const { items } = await listSegmentLeads(world.ports, world.caller, wanted);
  return items.map(({ firstName }) => firstName).sort();
}

const whoHas = async (filter: Partial<SegmentFilter>) =>
  meant(await segment(filter, JSON.stringify(filter)));

describe('Tags of leads (F048)', () => {
  it('are set and taken off in bulk, with one verdict for each lead, in order', async () => {
    const { ids } = await added(people(2));
    const [first = '', second = ''] = ids;
    expect(await tag([first], ['  Warm   Intro '])).toMatchObject([
      { index: 0, verdict: 'changed', tags: ['warm intro'] },
    ]);
    expect(await tag([second, 'nobody', first], ['warm intro'])).toMatchObject([
      { index: 0, leadId: second, verdict: 'changed', tags: ['warm intro'] },
      { index: 1, leadId: 'nobody', verdict: 'rejected', reason: 'There is no such lead.' },
      { index: 2, leadId: first, verdict: 'unchanged', tags: ['warm intro'] },
    ]);
    expect(await tag([first], ['paris'], ['warm intro'])).toMatchObject([{ tags: ['paris'] }]);
    expect((await getLead(world.ports, world.caller, first)).tags).toEqual(['paris']);
  });

  it('narrow the list of leads, of the workspace and of a campaign', async () => {
    const { campaignId, ids } = await added(people(3));
    await tag(ids.slice(1), ['vip']);
    const list = async (campaign: string, wanted: string) => {
      const filter = { ...page, campaignId: campaign, status: '', tag: wanted };
      return (await listLeads(world.ports, world.caller, filter)).items.map((each) => each.leadId);
    };
    expect(await list('', 'vip')).toEqual(ids.slice(1).sort());
    expect(await list(campaignId, 'vip')).toEqual(ids.slice(1).sort());
    expect(await list('', 'other')).toEqual([]);
  });

  it('are listed with how many leads have them, a page at a time', async () => {
    const { ids } = await added(people(3));
    await tag(ids, ['a']);
    await tag(ids.slice(0, 1), ['b']);
    const first = await listTags(world.ports, world.caller, { limit: 1, cursor: '' });
    expect(first.items).toEqual([{ tag: 'a', leads: 3 }]);
    const rest = await listTags(world.ports, world.caller, { limit: 9, cursor: first.nextCursor });
    expect(rest).toEqual({ items: [{ tag: 'b', leads: 1 }], nextCursor: '' });
  });

  it('are at most fifty for a lead, and nothing unfit is one', async () => {
    const { ids } = await added(people(1));
    const some = (from: number) => Array.from({ length: 20 }, (_, index) => `tag ${from + index}`);
    await tag(ids, some(0));
    await tag(ids, some(20));
    const [verdict] = await tag(ids, some(40));
    expect(verdict).toMatchObject({ verdict: 'rejected', reason: 'A lead has at most 50 tags.' });
    expect(verdict?.tags).toHaveLength(40);
    await expect(tag(ids, [' '])).rejects.toThrow();
    await expect(tag(ids, ['a\u0000b'])).rejects.toThrow();
    await expect(tag(ids, ['same'], ['SAME'])).rejects.toThrow();
  });

  it('stay in their workspace', async () => {
    const { ids } = await added(people(1));
    await tag(ids, ['ours']);
    const other = otherWorkspace(world);
    const [verdict] = await tagLeads(other.ports, other.caller, {
      leadIds: ids,
      set: ['theirs'],
      unset: [],
    });
    expect(verdict).toMatchObject({ verdict: 'rejected' });
    expect((await listTags(other.ports, other.caller, page)).items).toEqual([]);
  });
});

describe('A segment (F048)', () => {
  const ann = person('Ann', {
    title: 'VP of Sales, EMEA',
    companyName: 'Acme GmbH',
    customFields: { industry: 'Health  Care' },
    timeZone: 'Europe/Berlin',
  });
  const bob = person('Bob', { title: 'Head of Marketing', companyName: 'Bolt', timeZone: 'UTC' });
  const cid = person('Cid', { title: 'Sales engineer', customFields: { Industry: 'Banking' } });

  it('is by role: all words of one of the roles, in any order and capitals (S2-55)', async () => {
    await added([ann, bob, cid]);
    expect(await whoHas({ titles: ['sales'] })).toEqual(['Ann', 'Cid']);
    expect(await whoHas({ titles: ['SALES vp'] })).toEqual(['Ann']);
    expect(await whoHas({ titles: ['sales vp', 'marketing'] })).toEqual(['Ann', 'Bob']);
    expect(await whoHas({ titles: ['sale'] })).toEqual([]);
  });

  it('is by industry, as the custom field says (S2-55)', async () => {
    await added([ann, bob, cid]);
    expect(await whoHas({ industries: ['health care'] })).toEqual(['Ann']);
    expect(await whoHas({ industries: ['Banking', 'Health Care'] })).toEqual(['Ann', 'Cid']);
    expect(await whoHas({ industries: ['health'] })).toEqual([]);
  });

  it('is by company, time zone and tag; what it says of several must all hold', async () => {
    const { ids } = await added([ann, bob, cid]);
    await tag(ids.slice(0, 2), ['fair']);
    await tag(ids.slice(0, 1), ['met']);
    expect(await whoHas({ companies: ['ACME'] })).toEqual(['Ann']);
    expect(await whoHas({ timeZones: ['Europe/Berlin', 'UTC'] })).toEqual(['Ann', 'Bob']);
    expect(await whoHas({ tags: ['fair', 'Met'] })).toEqual(['Ann']);
    expect(await whoHas({ tags: ['fair'], withoutTags: ['met'] })).toEqual(['Bob']);
    expect(await whoHas({ tags: ['fair'], titles: ['sales'] })).toEqual(['Ann']);
  });

  it('is by campaign and status', async () => {
    const { campaignId } = await launched(world, [ann, bob]);
    const draft = await newCampaign(world);
    await addLeads(world.ports, world.caller, { campaignId: draft, leads: [cid] });
    const [status = ''] = (
      await listLeads(world.ports, world.caller, { ...page, campaignId, status: '' })
    ).items.flatMap(({ enrollments }) => enrollments.map((each) => each.status));
    expect(await whoHas({ campaignIds: [campaignId] })).toEqual(['Ann', 'Bob']);
    expect(await whoHas({ campaignIds: [draft], statuses: [status] })).toEqual([]);
    expect(await whoHas({ statuses: [status] })).toEqual(['Ann', 'Bob']);
    expect(await whoHas({ withoutCampaignIds: [campaignId] })).toEqual(['Cid']);
  });

  it('is asked anew each time: a changed title counts at once', async () => {
    const { ids } = await added([ann, bob]);
    const segmentId = await segment({ titles: ['sales'] });
    const change = async (leadId: string, title: string) =>
      updateLead(world.ports, world.caller, {
        leadId,
        expectedVersion: 0,
        fields: { title },
        customFields: {},
        removedCustomFields: [],
      });
    await change(ids[0] ?? '', 'Retired');
    await change(ids[1] ?? '', 'Head of Sales');
    expect(await meant(segmentId)).toEqual(['Bob']);
    expect(await whoHas({ titles: ['vp'] })).toEqual([]);
  });

  it('keeps no title in clear', async () => {
    await added([ann]);
    const words = await inScope(world, ({ tx, tenantId }) =>
      tx.query('select word from lead_words where tenant_id = $1', [tenantId]),
    );
    expect(words.rows).toHaveLength(5);
    expect(JSON.stringify(words.rows)).not.toMatch(/sales|emea|health/iu);
  });

  it('is read a page at a time and names everybody once', async () => {
    const { ids } = await added(people(7));
    await tag(ids, ['all']);
    const segmentId = await segment({ tags: ['all'] });
    const seen: string[] = [];
    let cursor = '';
    do {
      const wanted = { limit: 3, cursor, segmentId };
      const { items, nextCursor } = await listSegmentLeads(world.ports, world.caller, wanted);
      seen.push(...items.map(({ leadId }) => leadId));
      cursor = nextCursor;
    } while (cursor !== '');
    expect(seen).toEqual(ids.sort());
  });

  it('has a name of its own, is changed by version, and is forgotten', async () => {
    const { ports, caller } = world;
    const segmentId = await segment({ tags: ['a'] }, 'Mine');
    await expect(segment({ tags: ['b'] }, 'MINE')).rejects.toMatchObject({
      code: 'segment/name-taken',
    });
    const change = { segmentId, expectedVersion: 1, name: 'Ours' };
    expect(await updateSegment(ports, caller, change)).toMatchObject({ version: 2, name: 'Ours' });
    await expect(updateSegment(ports, caller, change)).rejects.toMatchObject({
      code: 'segment/changed',
    });
    expect((await listSegments(ports, caller, page)).items).toMatchObject([{ name: 'Ours' }]);
    await deleteSegment(ports, caller, segmentId);
    await expect(getSegment(ports, caller, segmentId)).rejects.toThrow('segment');
  });

  it('says something, and every role has a word', async () => {
    await expect(segment({})).rejects.toMatchObject({ problems: [{ path: '/filter' }] });
    await expect(segment({ titles: ['--'] })).rejects.toMatchObject({
      problems: [{ path: '/filter/titles/0' }],
    });
  });
});

describe('A segment added to a campaign (F048)', () => {
  const addTo = (campaignId: string, segmentId: string, limit = 100, cursor = '') =>
    addSegment(world.ports, world.caller, { campaignId, segmentId, limit, cursor });

  it('has the verdicts of adding leads: duplicates, exclusivity, do-not-contact (F052, F054)', async () => {
    const listed = person('Listed', { companyName: 'Nope Inc' });
    const { campaignId: old, leadIds: busy } = await launched(world, [person('Busy')]);
    const { ids } = await added([person('Free'), listed, person('Second')]);
    await tag([...busy, ...ids], ['go']);
    await addDoNotContact(world.ports, world.caller, {
      companyName: 'Nope',
      reason: 'asked',
    });
    expect(old).not.toBe('');
    const campaignId = await newCampaign(world);
    const { items } = await addTo(campaignId, await segment({ tags: ['go'] }));
    const verdicts = new Map(
      items.map(({ leadId, verdict, reason }) => [leadId, [verdict, reason]]),
    );
    expect(verdicts.get(busy[0] ?? '')).toEqual([
      'duplicate',
      'Another campaign of this workspace is working this person.',
    ]);
    expect(verdicts.get(ids[1] ?? '')).toEqual([
      'rejected',
      'This person or company is on do-not-contact.',
    ]);
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    // Who was refused is still a lead.
    expect((await getLead(world.ports, world.caller, ids[1] ?? '')).firstName).toBe('Listed');
  });

  it('is there once, in whatever pages and however often it is added', async () => {
    const { campaignId: source, ids } = await added(people(5));
    await inScope(world, ({ tx, tenantId }) =>
      tx.query('delete from enrollments where tenant_id = $1', [tenantId]),
    );
    expect(source).not.toBe('');
    await tag(ids, ['go']);
    const campaignId = await newCampaign(world);
    const segmentId = await segment({ tags: ['go'], withoutCampaignIds: [campaignId] });
    const first = await addTo(campaignId, segmentId, 2);
    const second = await addTo(campaignId, segmentId, 10, first.nextCursor);
    const verdicts = [...first.items, ...second.items].map(({ verdict }) => verdict);
    expect(verdicts).toEqual(Array(5).fill('added'));
    expect((await addTo(campaignId, segmentId)).items).toEqual([]);
    const again = await addTo(campaignId, await segment({ tags: ['go'] }, 'All'));
    expect(again.items.map(({ verdict }) => verdict)).toEqual(Array(5).fill('duplicate'));
  });

  it('never adds somebody who is shown as the duplicate of another', async () => {
    const { ids } = await added(people(2));
    await tag(ids, ['go']);
    later(world, hourMs);
    await inScope(world, ({ tx, tenantId }) =>
      tx.query('update leads set duplicate_of = $2 where tenant_id = $1 and lead_id = $3', [
        tenantId,
        ids[0],
        ids[1],
      ]),
    );
    expect(await meant(await segment({ tags: ['go'] }))).toEqual(['person0']);
  });
});
