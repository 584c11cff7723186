import { instant, plus, dayMs, type Instant } from '@overture/kernel';
import { brokenPromises } from '@overture/promises';
import { allOf, allLeads, gather } from './harness/gather.js';
import { startProduct, type Product } from './harness/product.js';
import { addAccount, makeCampaign, openStage, peopleNamed, sentTo } from './harness/scene.js';

const monday = instant('2026-03-02T07:00:00Z');
const people = peopleNamed('Mixed', 8);
const connected = people.slice(0, 5);
const strangers = people.slice(5);

interface SendMessages {
  readonly success: boolean;
  readonly queued: number;
  readonly skipped: number;
  readonly errors: number;
  readonly totalMessages: number;
  readonly message: string;
  readonly results: readonly { prospectId: string; name: string; status: string }[];
}

interface ActionView {
  readonly actionId: string;
  readonly messageType: string;
  readonly requiresConnection: boolean;
  readonly queueStatus: string;
  readonly scheduledFor: Instant;
}

// The mixed-prospect test of the source, over its own routes (S2-46, S2-28, S2-31, S2-45).
describe('Five connected prospects and three strangers, three messages each', () => {
  let product: Product;
  let campaignId: string;
  let answer: SendMessages;

  beforeAll(async () => {
    product = await startProduct('mixed-prospects', monday);
    await openStage(product, 'mixed');
    const account = await addAccount(product, 'Maya', connected);
    campaignId = await makeCampaign(product, {
      name: 'Mixed',
      type: 'messenger',
      by: account,
      leads: people,
    });
    answer = await queueMessages();
  });

  function queueMessages(): Promise<SendMessages> {
    return product.call('/api/campaigns/direct/send-messages-queued', { campaignId });
  }

  function queueRows(): Promise<ActionView[]> {
    return allOf<ActionView>(product.api, `actions?campaignId=${campaignId}`, 'actions');
  }

  it('counts people and messages of a campaign made over the API (S2-04, S2-29, S2-46)', () => {
    const { success, queued, skipped, errors, totalMessages } = answer;
    expect({ success, queued, skipped, errors, totalMessages }).toEqual({
      success: true,
      queued: 5,
      skipped: 3,
      errors: 0,
      totalMessages: 15,
    });
    expect(answer.message).toMatch(/5 .*15 .*3/);
  });

  it('says for each prospect what became of it (S2-41)', async () => {
    const leads = await allLeads(product);
    const byAddress = new Map(answer.results.map((result) => [result.prospectId, result]));
    const resultOf = ({ linkedinUrl }: { linkedinUrl: string }) =>
      byAddress.get(leads.find((lead) => lead.linkedinUrl === linkedinUrl)?.leadId ?? '');
    expect(answer.results).toHaveLength(8);
    for (const person of connected) {
      const name = `${person.firstName} ${person.lastName}`;
      expect(resultOf(person)).toMatchObject({ name, status: 'queued', messagesQueued: 3 });
    }
    for (const person of strangers) {
      expect(resultOf(person)).toMatchObject({ status: 'skipped', reason: 'NOT_CONNECTED' });
    }
  });

  it('shows all rows of the queue from the launch on (S2-17, S2-24, S2-25)', async () => {
    const rows = await queueRows();
    expect(rows).toHaveLength(15);
    for (const number of [1, 2, 3]) {
      const ofType = rows.filter(({ messageType }) => messageType === `direct_message_${number}`);
      expect(ofType).toHaveLength(5);
    }
    expect(new Set(rows.map(({ queueStatus }) => queueStatus))).toEqual(new Set(['pending']));
    expect(new Set(rows.map((row) => row.requiresConnection))).toEqual(new Set([false]));
    const times = rows.map(({ scheduledFor }) => scheduledFor);
    expect(times).toEqual([...times].sort());
  });

  it('changes nothing when it is called again', async () => {
    const before = await queueRows();
    const { queued, skipped, totalMessages } = await queueMessages();
    expect({ queued, skipped, totalMessages }).toEqual({
      queued: 5,
      skipped: 3,
      totalMessages: 15,
    });
    expect(await queueRows()).toEqual(before);
  });

  it('ticks for whoever knows the secret, and for nobody else (S2-31, F041)', async () => {
    const tick = (secret?: string) => product.tick(secret);
    expect((await tick()).status).toBe(401);
    expect((await tick('wrong')).status).toBe(401);
    const { status, body } = await tick(product.cronSecret);
    expect({ status, body }).toMatchObject({ status: 200, body: { success: true } });
    // It is seven o'clock: nothing may go yet, whoever asks (I4).
    expect(await sentTo(product, people)).toEqual([]);
  });

  it('sends each message once, in order, to the connected only (S2-45, I1, I6)', async () => {
    await product.time.advanceTo(plus(monday, 10 * dayMs));
    for (const person of connected) {
      const texts = (await sentTo(product, [person])).map(({ text }) => text);
      expect(texts).toEqual([
        `Hi ${person.firstName}, shall we talk?`,
        `Still here, ${person.firstName}.`,
        'Last note.',
      ]);
    }
    expect(await sentTo(product, strangers)).toEqual([]);
    const rows = await queueRows();
    expect(new Set(rows.map(({ queueStatus }) => queueStatus))).toEqual(new Set(['sent']));
    expect(brokenPromises(await gather(product))).toEqual([]);
  });
});
