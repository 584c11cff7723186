import { dayMs, hourMs, instant, plus, type Instant } from '@overture/kernel';
import { brokenPromises } from '@overture/promises';
import { allLeads, gather } from './harness/gather.js';
import { startProduct, type Product } from './harness/product.js';
import {
  accustom,
  addAccount,
  launch,
  makeCampaign,
  openStage,
  peopleNamed,
  sentTo,
  type Person,
} from './harness/scene.js';

const monday = instant('2026-03-02T07:00:00Z');
const at = (days: number, hours = 0): Instant => plus(monday, days * dayMs + hours * hourMs);

const [friendly, falselyStopped, silent] = peopleNamed('Branch', 3) as [Person, Person, Person];
const steps = [
  { id: 'invite', kind: 'connect', text: 'Hi {first_name}' },
  {
    id: 'accepted',
    kind: 'branch',
    branch: { when: 'accepted_within', days: 4, yes: 'hello', no: 'back' },
  },
  { id: 'hello', kind: 'message', text: 'Thanks, {first_name}', review: true },
  { id: 'nudge', kind: 'message', delayMs: 3 * dayMs, text: 'Still there?', next: 'end' },
  { id: 'back', kind: 'withdraw' },
  { id: 'call', kind: 'task', text: 'Call {first_name}' },
];

interface Draft {
  readonly actionId: string;
  readonly firstName: string;
  readonly text: string;
  readonly status: string;
}

// One campaign through every service, on the virtual clock: whoever accepts is written to after a person has read the
// words, whoever does not is taken back and called.
describe('A branching campaign, through every service (F011..F014, F069, F070, M14)', () => {
  let product: Product;
  let campaignId: string;

  beforeAll(async () => {
    product = await startProduct('branching', monday);
    await openStage(product, 'branching');
    const by = await addAccount(product, 'Maya');
    await accustom(product, [friendly, falselyStopped], { acceptAfterMs: hourMs });
    const leads = [friendly, falselyStopped, silent];
    const campaign = { name: 'Branching', type: 'connector', by, leads, steps } as const;
    campaignId = await makeCampaign(product, campaign);
    await launch(product, campaignId);
  });

  const drafts = async () =>
    (await product.api.get<{ drafts: Draft[] }>(`drafts?campaignId=${campaignId}`)).drafts;
  const standOf = async ({ linkedinUrl }: Person) => {
    const lead = (await allLeads(product)).find((each) => each.linkedinUrl === linkedinUrl);
    return { leadId: lead?.leadId ?? '', ...lead?.enrollments[0] };
  };

  it('asks a person about the words for whoever accepted, and sends exactly the approved ones', async () => {
    await product.time.advanceTo(at(2));
    const waiting = await drafts();
    expect(new Set(waiting.map(({ firstName }) => firstName))).toEqual(
      new Set([friendly.firstName, falselyStopped.firstName]),
    );
    expect(waiting.every(({ status }) => status === 'pending_review')).toBe(true);
    for (const { actionId, firstName } of waiting) {
      const words = firstName === friendly.firstName ? { text: 'My own words' } : {};
      await product.api.post(`actions/${actionId}/approve`, words);
    }
    await product.time.advanceTo(at(2, 10));
    const sent = (await sentTo(product, [friendly])).map(({ kind, text }) => [kind, text]);
    expect(sent).toEqual([
      ['invite', `Hi ${friendly.firstName}`],
      ['message', 'My own words'],
    ]);
  });

  it('goes on after a reply that was none, as if it had never been (M14)', async () => {
    const before = await standOf(falselyStopped);
    await product.api.post(`leads/${before.leadId}/simulate-reply`);
    expect(await standOf(falselyStopped)).toMatchObject({ status: 'replied' });
    const reason = 'an out-of-office note';
    await product.api.post(`leads/${before.leadId}/corrections/reply`, { reason });
    const after = await standOf(falselyStopped);
    expect(after).toMatchObject({ status: before.status, nextActionAt: before.nextActionAt });
  });

  it('takes back the invitation nobody answered, and a person calls', async () => {
    await product.time.advanceTo(at(11));
    const withdrawn = (await product.stage.ledger()).filter(({ kind }) => kind === 'withdraw');
    expect(withdrawn.map(({ profileUrl }) => profileUrl)).toEqual([silent.linkedinUrl]);
    const { tasks } = await product.api.get<{ tasks: { actionId: string; text: string }[] }>(
      'tasks',
    );
    expect(tasks).toMatchObject([{ text: `Call ${silent.firstName}` }]);
    await product.api.post(`tasks/${tasks[0]?.actionId}/complete`);
    for (const person of [friendly, falselyStopped, silent]) {
      expect(await standOf(person)).toMatchObject({ status: 'completed' });
    }
    expect(await sentTo(product, [friendly, falselyStopped])).toHaveLength(6);
  });

  it('has kept every promise', async () => {
    expect(brokenPromises(await gather(product))).toEqual([]);
  });
});
