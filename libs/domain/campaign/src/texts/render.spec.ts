import { DomainError } from '@overture/kernel';
import fc from 'fast-check';
import { fieldValues } from './fields.js';
import { missingFields, renderAction, renderText, textLength } from './render.js';
import { fieldsOf, parseTemplate } from './template.js';

const ada = fieldValues({
  firstName: ' Ada ',
  lastName: 'Vale',
  companyName: 'Analytical {Engines}',
  customFields: { seats: '12', 'Team Size': '4' },
});

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('It was not refused.');
}

describe('A text', () => {
  it('names the lead in single braces (F060, S2-11)', () =>
    expect(renderText('Hi {first_name} of {company_name}', ada)).toBe(
      'Hi Ada of Analytical {Engines}',
    ));

  it('knows custom fields (F049)', () =>
    expect(renderText('{custom.seats} seats, {custom.Team Size} people', ada)).toBe(
      '12 seats, 4 people',
    ));

  it('falls back where a field is missing or blank (F061)', () => {
    expect(renderText('Hi {title|there}', ada)).toBe('Hi there');
    expect(renderText('Hi {first_name|there}', { first_name: '  ' })).toBe('Hi there');
    expect(renderText('Hi{title|}!', ada)).toBe('Hi!');
  });

  it('is refused with the names of all missing fields, never left blank (F063, P05)', () => {
    const refusal = refusalOf(() => renderText('{title} {custom.nope} {title}', ada));
    expect(refusal.code).toBe('text/missing-field');
    expect(refusal.values).toEqual({ missing: ['title', 'custom.nope'] });
  });

  it('does not take names from what every object has', () =>
    expect(missingFields('{constructor}', ada)).toEqual(['constructor']));

  it.each(['Hi {{first_name}}', 'Hi {first_name', 'Hi }', 'Hi {}', 'Hi {a|{b}}'])(
    'is refused when a brace names nothing: %s',
    (text) => expect(refusalOf(() => renderText(text, ada)).code).toBe('text/malformed'),
  );

  it('lists its fields once each', () =>
    expect(fieldsOf('{first_name} {title|x} {first_name}')).toEqual(['first_name', 'title']));

  it('without braces is read as it is', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[{}]/.test(text));
        expect(renderText(text, {})).toBe(text);
      }),
      { seed: 20_260_303 },
    ));

  it('of any kind is read or refused, and a rendered one has no field left (I11)', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', '|', 'first_name', 'x', ' ')), (pieces) => {
        const text = pieces.join('');
        const values = { first_name: 'Ada', x: 'X' };
        if ('malformedAt' in parseTemplate(text) || missingFields(text, values).length > 0) return;
        expect(renderText(text, values)).not.toMatch(/[{}]/);
      }),
      { seed: 20_260_303, numRuns: 2_000 },
    ));
});

describe('The length of an action', () => {
  it('is counted after rendering, by tier (F064, S3-10)', () => {
    const note = { kind: 'connect', text: `{first_name}${'x'.repeat(198)}` } as const;
    expect(refusalOf(() => renderAction(note, ada, 'classic')).values).toEqual({
      length: 201,
      max: 200,
      kind: 'connect',
    });
    expect(renderAction(note, ada, 'premium')).toHaveLength(201);
  });

  it('is at most 2000 for a message (S3-05)', () => {
    const long = { kind: 'message', text: 'x'.repeat(2_001) } as const;
    expect(refusalOf(() => renderAction(long, ada, 'sales_navigator')).code).toBe('text/too-long');
  });

  it('counts an emoji as two, as LinkedIn does', () => expect(textLength('👋')).toBe(2));
});
