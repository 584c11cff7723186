import fc from 'fast-check';
import { checkVariants, variantOf, type Variant } from './variants.js';

const ab: readonly Variant[] = [
  { id: 'a', text: 'Hello {first_name}' },
  { id: 'b', text: 'Good morning {first_name}' },
];
const campaignId = 'campaign-1';
const leadIds = Array.from({ length: 6_000 }, (_, index) => `lead-${index}`);

const counted = (variants: readonly Variant[], stepId = 's1') => {
  const counts = new Map<string, number>();
  for (const leadId of leadIds) {
    const { id } = variantOf({ campaignId, stepId, leadId }, variants) as Variant;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};

describe('The variant of a lead (F067, S2-59)', () => {
  it('is the same whenever it is asked for', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (campaign, stepId, leadId) => {
        const owner = { campaignId: campaign, stepId, leadId };
        const first = variantOf(owner, ab);
        expect(first).toBeDefined();
        expect(variantOf({ ...owner }, [...ab])).toBe(first);
      }),
      { seed: 20_261_121 },
    ));

  it('never moves: what these leads got they get for ever', () => {
    const got = leadIds.slice(0, 16).map((leadId) => {
      return variantOf({ campaignId, stepId: 's1', leadId }, ab)?.id;
    });
    expect(got.join('')).toBe('bbbbababbbababba');
  });

  it.each([2, 3, 5, 10])('is spread evenly over %i', (count) => {
    const variants = Array.from({ length: count }, (_, index) => ({ id: `v${index}`, text: '' }));
    const expected = leadIds.length / count;
    const counts = [...counted(variants).values()];
    const chiSquare = counts.reduce((sum, each) => sum + (each - expected) ** 2 / expected, 0);
    expect(counts).toHaveLength(count);
    // The 99.9 % quantile of nine degrees of freedom; fewer have lower ones.
    expect(chiSquare).toBeLessThan(27.9);
  });

  it('follows the weights', () => {
    const [a, b] = ab as [Variant, Variant];
    const counts = counted([{ ...a, weight: 3 }, b]);
    expect(counts.get('a')! / leadIds.length).toBeCloseTo(0.75, 1);
    expect(counts.get('b')! / leadIds.length).toBeCloseTo(0.25, 1);
  });

  it('at one step says nothing about the next step, nor about another campaign', () => {
    const same = (other: { campaignId: string; stepId: string }) =>
      leadIds.filter((leadId) => {
        const here = variantOf({ campaignId, stepId: 's1', leadId }, ab);
        return variantOf({ ...other, leadId }, ab) === here;
      }).length / leadIds.length;
    expect(Math.abs(same({ campaignId, stepId: 's2' }) - 0.5)).toBeLessThan(0.025);
    expect(Math.abs(same({ campaignId: 'campaign-2', stepId: 's1' }) - 0.5)).toBeLessThan(0.025);
  });

  it('is none where there are none', () =>
    expect(variantOf({ campaignId, stepId: 's1', leadId: 'lead-1' }, [])).toBeUndefined());
});

describe('Variants of a step', () => {
  const paths = (variants: readonly Variant[]) =>
    checkVariants(variants, '/variants').map(({ path }) => path);

  it('are accepted with ids of their own and weights', () =>
    expect(paths([ab[0]!, { ...ab[1]!, weight: 4 }])).toEqual([]));

  it('need two, different ids, and whole weights', () => {
    expect(paths([ab[0]!])).toEqual(['/variants']);
    expect(paths([ab[0]!, ab[0]!])).toEqual(['/variants']);
    expect(paths([ab[0]!, { id: 'no spaces', text: '' }])).toEqual(['/variants/1/id']);
    expect(paths([ab[0]!, { ...ab[1]!, weight: 0.5 }])).toEqual(['/variants/1/weight']);
    expect(paths([ab[0]!, { ...ab[1]!, weight: 0 }])).toEqual(['/variants/1/weight']);
  });
});
