import { dayMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { updateLead } from '../src/app/update-lead.js';
import { addressOf, EnrichStage } from './enrich-stage.js';
import { fingerprintOf, inScope, later, newCampaign, otherWorkspace, person } from './world.js';

const stage = new EnrichStage();

const edit = (leadId: string, fields: object) =>
  updateLead(stage.world.ports, stage.world.caller, {
    leadId,
    expectedVersion: 0,
    fields,
    customFields: {},
    removedCustomFields: [],
  });

async function enriched(leadId: string, more: object = {}) {
  const begun = await stage.start({ leadId, ...more });
  await stage.read();
  return stage.view(begun);
}

describe('The profile of a lead, read again', () => {
  it('renews title and company, as a fact that names no value, and says when (F050, P11)', async () => {
    const { leadIds } = await stage.campaign('Ada');
    const [leadId = ''] = leadIds;
    stage.shows('Ada', { jobTitle: ' Chief  Captain', companyName: 'Aster Labs' });
    expect(await enriched(leadId)).toMatchObject({
      status: 'ended',
      reason: 'complete',
      toRead: 1,
      fresh: 0,
      read: 1,
      renewed: 1,
      cost: 1,
    });
    const lead = await stage.lead(leadId);
    expect(lead).toMatchObject({ title: 'Chief Captain', companyName: 'Aster Labs', version: 2 });
    expect(lead.enrichedAt).toBeDefined();
    const [event] = await stage.events(leadId);
    expect(event).toMatchObject({
      type: 'LeadEnriched',
      data: { leadId, identityId: 'identity-1', fields: ['companyName', 'title'] },
      meta: { actor: 'test' },
    });
    expect(JSON.stringify(event)).not.toContain('Captain');
  });

  it('never overwrites what somebody wrote by hand, and leaves custom fields alone (F050)', async () => {
    const { ports, caller } = stage.world;
    const campaignId = await newCampaign(stage.world);
    const ada = person('Ada', { customFields: { plan: 'gold' } });
    const [added] = await addLeads(ports, caller, { campaignId, leads: [ada] });
    const leadId = added?.leadId ?? '';
    await edit(leadId, { title: 'As she calls it' });
    stage.shows('Ada', { companyName: 'Aster Labs' });
    await enriched(leadId);
    const lead = { title: 'As she calls it', companyName: 'Aster Labs' };
    expect(await stage.lead(leadId)).toMatchObject({ ...lead, customFields: { plan: 'gold' } });
    await edit(leadId, { title: '' });
    await enriched(leadId, { force: true });
    expect(await stage.lead(leadId)).toMatchObject({ title: '' });
  });

  it('is read once in thirty days, unless it is to be read anyhow (F050)', async () => {
    const { leadIds } = await stage.campaign('Ada');
    const [leadId = ''] = leadIds;
    await enriched(leadId);
    expect(await enriched(leadId)).toMatchObject({ status: 'ended', reason: 'fresh', fresh: 1 });
    expect(stage.world.profiles.asked).toHaveLength(1);
    expect(await enriched(leadId, { force: true })).toMatchObject({ read: 1, renewed: 0 });
    later(stage.world, 29 * dayMs);
    expect(await enriched(leadId)).toMatchObject({ reason: 'fresh' });
    expect(await enriched(leadId, { staleAfterDays: 28 })).toMatchObject({ read: 1 });
    later(stage.world, 31 * dayMs);
    expect(await enriched(leadId)).toMatchObject({ read: 1, renewed: 0, cost: 1 });
  });

  it('moves the address with a renamed handle, and asks by the id that stays (F050, F047)', async () => {
    const { leadIds } = await stage.campaign('Ada');
    const [leadId = ''] = leadIds;
    const linkedinUrl = 'https://www.linkedin.com/in/ada-newname';
    const memberId = 'ACoAAADA1234567';
    stage.shows('Ada', { linkedinUrl, memberId, fingerprints: ['by her number'] });
    await enriched(leadId);
    expect(await stage.lead(leadId)).toMatchObject({ linkedinUrl });
    await enriched(leadId, { force: true });
    const { asked } = stage.world.profiles;
    expect(asked).toEqual([addressOf('Ada'), `https://www.linkedin.com/in/${memberId}`]);
    // Both names lead to her from now on.
    expect(
      await inScope(stage.world, (scope) => stage.world.ports.leads.find(scope, [leadId])),
    ).toMatchObject([
      { fingerprints: [fingerprintOf(stage.world, person('Ada')), 'by her number'] },
    ]);
  });

  it('forgets the id with an address that somebody corrected (F050)', async () => {
    const { leadIds } = await stage.campaign('Ada');
    const [leadId = ''] = leadIds;
    stage.shows('Ada', { memberId: 'ACoAAADA1234567' });
    await enriched(leadId);
    await edit(leadId, { linkedinUrl: addressOf('Countess') });
    await enriched(leadId, { force: true });
    expect(stage.world.profiles.asked.at(-1)).toBe(addressOf('Countess'));
  });

  it('proves that two leads are one person when it shows the name of both (F050, F047)', async () => {
    const { leadIds } = await stage.campaign('Ada', 'Countess');
    const [ada = '', countess = ''] = leadIds;
    const known = fingerprintOf(stage.world, person('Ada'));
    stage.shows('Countess', { fingerprints: [known, 'by her number'] });
    await enriched(countess);
    expect(await stage.lead(countess)).toMatchObject({ duplicateOf: ada });
  });

  it('takes a lead to the new company: do-not-contact and colleagues know it there (F050, F034, F054)', async () => {
    const { ports, caller } = stage.world;
    const { campaignId, leadIds } = await stage.campaign('Ada');
    const [leadId = ''] = leadIds;
    const listed = { linkedinUrl: '', companyName: 'Aster Labs', reason: '' };
    await addDoNotContact(ports, caller, listed);
    stage.shows('Ada', { companyName: 'ASTER LABS' });
    await enriched(leadId);
    const named = { fingerprint: fingerprintOf(stage.world, person('Ada')), company: '', leadId };
    const company = ports.names.company(caller.tenantId, 'Aster Labs');
    const rows = await inScope(stage.world, (scope) => ports.leads.find(scope, [leadId]));
    expect(rows).toMatchObject([{ company }]);
    const [standing] = await inScope(stage.world, (scope) =>
      ports.leads.standings(scope, campaignId, [{ ...named, company }]),
    );
    expect(standing).toMatchObject({ blocked: true });
  });

  it('that nobody can open is a fact with its reason, costs nothing, and is tried again (F050, S4-33)', async () => {
    const { leadIds } = await stage.campaign('Ada');
    const [leadId = ''] = leadIds;
    stage.world.profiles.shown.clear();
    expect(await enriched(leadId)).toMatchObject({
      reason: 'complete',
      read: 0,
      notAccessible: 1,
      cost: 0,
    });
    expect(await stage.events(leadId)).toMatchObject([
      { type: 'LeadNotEnriched', data: { leadId, reason: 'not_accessible' } },
    ]);
    expect((await stage.lead(leadId)).enrichedAt).toBeUndefined();
    stage.shows('Ada', {});
    expect(await enriched(leadId)).toMatchObject({ read: 1, renewed: 1 });
  });
});

describe('An enrichment that cannot be', () => {
  const paths = async (more: object) => {
    const error = await stage.start(more).catch((caught: unknown) => caught);
    return (error as { problems: { path: string }[] }).problems.map(({ path }) => path);
  };

  it('is refused by its fields, and nobody is asked (F050)', async () => {
    const { campaignId, leadIds } = await stage.campaign('Ada');
    expect(await paths({ campaignId, staleAfterDays: 0 })).toEqual(['/staleAfterDays']);
    expect(await paths({ campaignId, identityId: 'nobody' })).toEqual(['/identityId']);
    stage.world.search.who = { provider: 'companion', tier: 'classic' };
    expect(await paths({ leadId: leadIds[0] })).toEqual(['/identityId']);
    expect(stage.world.profiles.asked).toEqual([]);
  });

  it("is nobody else's (F050)", async () => {
    const { campaignId, leadIds } = await stage.campaign('Ada');
    const begun = await stage.start({ campaignId });
    stage.world = otherWorkspace(stage.world);
    await expect(stage.view(begun)).rejects.toThrow('enrichment');
    await expect(stage.start({ campaignId })).rejects.toThrow('campaign');
    await expect(stage.start({ leadId: leadIds[0] ?? '' })).rejects.toThrow('lead');
  });
});
