import { dayMs, hourMs, instant, minuteMs, msBetween, plus, type Instant } from '@overture/kernel';
import { brokenPromises } from '@overture/promises';
import { allLeads, eventsOf, gather, type LeadView } from './harness/gather.js';
import { Partner } from './harness/partner.js';
import { startProduct, type Product } from './harness/product.js';
import {
  accustom,
  addAccount,
  launch,
  makeCampaign,
  openStage,
  peopleNamed,
  sentTo,
  type Account,
  type Person,
} from './harness/scene.js';

// Each journey has people and a Monday of its own; at the end all promises are held against all of them.
describe('A user of the API', () => {
  const partner = new Partner();
  const families = {
    expiry: peopleNamed('Expiry', 6),
    pause: peopleNamed('Pause', 6),
    stop: peopleNamed('Stop', 3),
    reply: peopleNamed('Reply', 2),
    answer: peopleNamed('Answer', 2),
    lost: peopleNamed('Lost', 5),
  };
  let product: Product;
  let account: Account;
  let monday = instant('2026-03-02T07:00:00Z');

  beforeAll(async () => {
    product = await startProduct('journeys', monday);
    await openStage(product, 'journeys');
    const url = `http://127.0.0.1:${await partner.receiver.listen(0)}/overture`;
    const { secret } = await product.api.post<{ secret: string }>('webhook-endpoints', { url });
    partner.receiver.trust(secret);
    account = await addAccount(product, 'Maya', Object.values(families).flat());
  });

  beforeEach(() => product.time.advanceTo(monday));
  afterEach(() => {
    monday = plus(monday, 7 * dayMs);
  });

  /** A messenger campaign of the account's connections, launched. */
  async function outreach(family: keyof typeof families) {
    const people = families[family];
    const campaign = { name: family, type: 'messenger', by: account, leads: people } as const;
    const campaignId = await makeCampaign(product, campaign);
    await launch(product, campaignId);
    return { people, campaignId };
  }

  const at = (hours: number): Instant => plus(monday, hours * hourMs);
  const leadOf = async ({ linkedinUrl }: Person): Promise<LeadView> =>
    (await allLeads(product)).find((lead) => lead.linkedinUrl === linkedinUrl) as LeadView;
  const standOf = async (person: Person) => (await leadOf(person)).enrollments[0];
  const identity = ({ identityId }: Account) =>
    product.api.get<{ status: string }>(`identities/${identityId}`);

  it('sees an expired login pause everything, and a new one resume it, paced (S4-22, S4-53)', async () => {
    const { people } = await outreach('expiry');
    const login = { kind: 'expire-login', identityUid: account.uid, at: at(3.25) };
    await product.stage.post('faults', login);
    await product.time.advanceTo(at(3.5));
    expect(await identity(account)).toMatchObject({ status: 'expired' });
    const before = await sentTo(product, people);
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(6);
    const stands = await Promise.all(people.map(standOf));
    expect(new Set(stands.map((stand) => stand?.status))).toEqual(new Set(['paused']));
    expect(new Set(stands.map((stand) => stand?.reason))).toEqual(new Set(['auth_expired']));

    await product.time.advanceTo(at(2 * 24 + 3));
    expect(await sentTo(product, people)).toHaveLength(before.length);
    await product.stage.post(`identities/${account.uid}/login`, {});
    await product.time.advanceTo(at(2 * 24 + 9));
    expect(await identity(account)).toMatchObject({ status: 'connected' });
    const resumed = (await sentTo(product, people)).slice(before.length);
    expect(resumed.length).toBeGreaterThanOrEqual(6 - before.length);
    resumed.slice(1).forEach((send, index) => {
      const earlier = resumed[index] as (typeof resumed)[number];
      expect(msBetween(earlier.at, send.at)).toBeGreaterThanOrEqual(90_000);
    });
  });

  it('pauses a campaign at once and resumes it without a burst (S4-55, P7)', async () => {
    const { people, campaignId } = await outreach('pause');
    await product.time.advanceTo(at(3.25));
    await product.api.post(`campaigns/${campaignId}/pause`, { cause: 'holiday' });
    const before = await sentTo(product, people);
    expect(before.length).toBeGreaterThan(0);
    await product.time.advanceTo(at(24 + 4));
    expect(await sentTo(product, people)).toHaveLength(before.length);
    await product.api.post(`campaigns/${campaignId}/resume`);
    await product.time.advanceTo(at(24 + 4));
    expect((await sentTo(product, people)).length - before.length).toBeLessThanOrEqual(1);
    await product.time.advanceTo(at(5 * 24));
    expect((await sentTo(product, people)).length).toBeGreaterThan(6);
  });

  it('stops one lead; the others go on (S1-13)', async () => {
    const { people } = await outreach('stop');
    const [stopped, ...others] = people as [Person, ...Person[]];
    const { leadId } = await leadOf(stopped);
    await product.api.post(`leads/${leadId}/stop`, { reason: 'asked by phone' });
    await product.time.advanceTo(at(5 * 24));
    expect(await standOf(stopped)).toMatchObject({ status: 'stopped', reason: 'asked by phone' });
    expect(await sentTo(product, [stopped])).toEqual([]);
    expect(await sentTo(product, others)).toHaveLength(6);
  });

  it('simulates a reply, which stops everything at once (S1-22, I2)', async () => {
    const { people } = await outreach('reply');
    const [answering, silent] = people as [Person, Person];
    await product.time.advanceTo(at(8));
    const before = await sentTo(product, [answering]);
    expect(before).toHaveLength(1);
    const { leadId } = await leadOf(answering);
    await product.api.post(`leads/${leadId}/simulate-reply`);
    expect(await standOf(answering)).toMatchObject({ status: 'replied' });
    const rows = await product.api.get<{
      actions: { queueStatus: string; enrollmentId: string }[];
    }>('actions?status=pending&limit=200');
    const enrollmentId = (await standOf(answering))?.enrollmentId;
    expect(rows.actions.filter((row) => row.enrollmentId === enrollmentId)).toEqual([]);
    await product.time.advanceTo(at(5 * 24));
    expect(await sentTo(product, [answering])).toEqual(before);
    expect(await sentTo(product, [silent])).toHaveLength(3);
  });

  it('hears of a true reply, and of nothing sent after it (I2, P8)', async () => {
    const { people } = await outreach('answer');
    await accustom(product, people.slice(0, 1), { replyAfterMs: 5 * minuteMs, replyTo: 2 });
    await product.time.advanceTo(at(5 * 24));
    expect(await standOf(people[0] as Person)).toMatchObject({ status: 'replied' });
    expect(await sentTo(product, people.slice(0, 1))).toHaveLength(2);
  });

  // Whatever is lost on the way, before the effect or after it: each step happens once (I1, I10).
  it('gets every message through once although answers are lost', async () => {
    const { people } = await outreach('lost');
    const action = 'linkedin-message-profile';
    const effects = ['error-after', 'reset-after', 'malformed-after'];
    for (const kind of [...effects, 'error-before', 'reset-before']) {
      await product.stage.post('faults', { kind, action, identityUid: account.uid });
    }
    await product.time.advanceTo(at(6 * 24));
    const sent = await sentTo(product, people);
    expect(sent).toHaveLength(15);
    expect(new Set(sent.map(({ person, text }) => `${person} ${text}`)).size).toBe(15);
    const types = await typesOf(people);
    expect(types.filter((type) => type === 'ActionOutcomeUnknown')).toHaveLength(5);
    expect(types.filter((type) => type === 'ActionFoundAbsent')).toHaveLength(2);
  });

  async function typesOf(people: readonly Person[]): Promise<string[]> {
    const leads = await Promise.all(people.map(leadOf));
    const events = await Promise.all(leads.map(({ leadId }) => eventsOf(product, leadId)));
    return events.flat().map(({ type }) => type);
  }

  it('left every promise kept (I1–I8, I10–I12, I16)', async () => {
    expect(brokenPromises(await gather(product, partner.deliveries))).toEqual([]);
    expect(partner.receiver.counted).toMatchObject({ refused: 0, outOfOrder: 0 });
  });
});
