import { dayMs, hourMs, instant, plus } from '@overture/kernel';
import { allLeads, eventsOf } from './harness/gather.js';
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
const people: readonly (Person & { companyName?: string })[] = peopleNamed('Variants', 30).map(
  (person, index) => (index % 3 === 0 ? person : { ...person, companyName: `Works ${index}` }),
);
const variants = [
  { id: 'silent', text: '' },
  { id: 'personal', text: 'Hi {first_name}{if company_name}, I read about {company_name}{end}.' },
];
const steps = [
  { kind: 'connect', id: 'invitation', variants },
  {
    kind: 'message',
    text: 'Thanks, {first_name|and hello}! 👋{if company_name}{else} New there?{end}',
  },
];

interface Preview {
  readonly steps: readonly {
    readonly stepId: string;
    readonly variant?: string;
    readonly text?: string;
    readonly textSha256: string;
  }[];
}

interface Results {
  readonly steps: readonly {
    readonly stepId: string;
    readonly variants: readonly {
      readonly variant: string;
      readonly exposed: number;
      readonly sent: number;
      readonly accepted: number;
      readonly replied: number;
    }[];
  }[];
}

// What somebody saw in the preview is what LinkedIn has, whatever lies between (F066, F067, I11).
describe('An invitation in two variants', () => {
  let product: Product;
  let campaignId: string;
  const previews = new Map<string, Preview>();
  const leadIds = new Map<string, string>();

  beforeAll(async () => {
    product = await startProduct('texts', monday);
    await openStage(product, 'texts');
    const account = await addAccount(product, 'Maya');
    await accustom(product, people.slice(0, 14), { acceptAfterMs: 5 * hourMs });
    await accustom(product, people.slice(10, 14), {
      acceptAfterMs: 5 * hourMs,
      replyAfterMs: 2 * hourMs,
      replyTo: 1,
    });
    const campaign = { name: 'Variants', type: 'connector', by: account, leads: people } as const;
    campaignId = await makeCampaign(product, { ...campaign, steps });
    for (const { leadId, linkedinUrl } of await allLeads(product)) {
      leadIds.set(linkedinUrl, leadId);
      const path = `campaigns/${campaignId}/preview`;
      previews.set(linkedinUrl, await product.api.post<Preview>(path, { leadId }));
    }
    await launch(product, campaignId);
    await product.time.advanceTo(plus(monday, 12 * dayMs));
  });

  it('reaches each person in the words of their preview (F066, I11)', async () => {
    const sent = await sentTo(product, people);
    expect(sent.filter(({ kind }) => kind === 'invite')).toHaveLength(people.length);
    expect(sent.filter(({ kind }) => kind === 'message')).toHaveLength(14);
    for (const { kind, text, person } of sent) {
      const [invitation, message] = previews.get(person)?.steps ?? [];
      expect(text ?? '').toBe((kind === 'invite' ? invitation : message)?.text ?? '');
    }
  });

  it('is recorded with the hash of its preview (I11)', async () => {
    for (const [person, preview] of previews) {
      const events = await eventsOf(product, leadIds.get(person) as string);
      const hashes = events.flatMap(({ type, data }) =>
        type === 'ActionIntended' ? [(data as { textSha256: string }).textSha256] : [],
      );
      const known = preview.steps.map(({ textSha256 }) => textSha256);
      expect(known.slice(0, hashes.length)).toEqual(hashes);
    }
  });

  it('is counted for each variant (F067, S2-62)', async () => {
    const path = `campaigns/${campaignId}/variants`;
    const { steps: results } = await product.api.get<Results>(path);
    const got = (variant: string) =>
      people.filter(({ linkedinUrl }) => previews.get(linkedinUrl)?.steps[0]?.variant === variant);
    const accepting = new Set(people.slice(0, 14));
    expect(results.map(({ stepId }) => stepId)).toEqual(['invitation']);
    for (const { variant, ...counts } of results[0]?.variants ?? []) {
      const everybody = got(variant);
      const accepted = everybody.filter((person) => accepting.has(person)).length;
      const sent = everybody.length;
      expect(counts).toMatchObject({ exposed: sent, sent, accepted, replied: 0 });
    }
    if (process.env['SHOW_ANSWER']) console.log(JSON.stringify({ steps: results }, null, 2));
  });
});
