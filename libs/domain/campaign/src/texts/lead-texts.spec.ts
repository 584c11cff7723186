import type { Step } from '../campaign/sequence.js';
import { fieldValues } from './fields.js';
import { textsFor } from './lead-texts.js';

const message = (text: string, more: Partial<Step> = {}): Step => {
  return { kind: 'message', delayMs: 0, text, ...more };
};
const known = fieldValues({ firstName: 'Ada', lastName: 'Vale', companyName: 'Engines' });
const lacking = (steps: readonly Step[], values = known) =>
  textsFor(steps, { campaignId: 'c-1', leadId: 'l-1', values }).map(({ missing }) => missing);

describe('What a lead lacks for a sequence (F063)', () => {
  it('is told step by step', () =>
    expect(lacking([message('{first_name}'), message('{title} {custom.x}')])).toEqual([
      [],
      ['title', 'custom.x'],
    ]));

  it('is told of the variant it gets, not of the others (F067)', () => {
    const variants = [
      { id: 'a', text: '{title}' },
      { id: 'b', text: '{first_name}' },
    ];
    const texts = Array.from({ length: 40 }, (_, index) =>
      textsFor([message('', { variants })], {
        campaignId: 'c-1',
        leadId: `l-${index}`,
        values: known,
      }),
    ).flat();
    expect(new Set(texts.map(({ variant }) => variant))).toEqual(new Set(['a', 'b']));
    for (const { variant, missing } of texts) {
      expect(missing).toEqual(variant === 'a' ? ['title'] : []);
    }
  });

  it('is nothing for a step to which its own fields never lead (F012, F063)', () => {
    const branch = {
      when: 'field',
      name: 'company_name',
      op: 'present',
      yes: 'named',
      no: 'plain',
    } as const;
    const steps: Step[] = [
      { kind: 'branch', delayMs: 0, text: '', branch },
      message('At {company_name}?', { id: 'named', next: 'end' }),
      message('As {title}?', { id: 'plain' }),
    ];
    expect(lacking(steps)).toEqual([[], [], []]);
    expect(lacking(steps, { title: 'CTO' })).toEqual([[], [], []]);
    expect(lacking(steps, {})).toEqual([[], [], ['title']]);
  });

  it('counts on both ways of a branch that only time can tell (F013)', () => {
    const branch = { when: 'accepted_within', days: 7, yes: 's3', no: 's4' } as const;
    const steps: Step[] = [
      { kind: 'connect', delayMs: 0, text: '' },
      { kind: 'branch', delayMs: 0, text: '', branch },
      message('{title}', { next: 'end' }),
      { kind: 'inmail', delayMs: 0, subject: '{custom.x}', text: 'Hi' },
    ];
    expect(lacking(steps)).toEqual([[], [], ['title'], ['custom.x']]);
  });
});
