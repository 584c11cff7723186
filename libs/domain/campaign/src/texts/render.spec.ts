import { DomainError } from '@overture/kernel';
import fc from 'fast-check';
import { fieldValues } from './fields.js';
import { missingFields, renderText } from './render.js';
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

const at = (text: string) => parseTemplate(text) as { malformedAt: number; because: string };

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

  it('has parts for leads of whom something is known (F062)', () => {
    const text = 'Hi{if first_name} {first_name}{end}, {if title}as {title}{else}hello{end}.';
    expect(renderText(text, ada)).toBe('Hi Ada, hello.');
    expect(renderText(text, { title: 'CTO' })).toBe('Hi, as CTO.');
    expect(renderText('{if custom.seats}{custom.seats} seats{else}few{end}', ada)).toBe('12 seats');
  });

  it('misses only what the way that applies would say (F062, F063)', () => {
    const text = '{if title}{title} of {custom.team}{else}{custom.nick}{end}';
    expect(missingFields(text, ada)).toEqual(['custom.nick']);
    expect(missingFields(text, { title: 'CTO' })).toEqual(['custom.team']);
  });

  it.each([
    ['Hi {if title}x', 3, '{if title} has no {end}'],
    ['{else}', 0, '{else} belongs to no {if …}'],
    ['a{end}', 1, '{end} belongs to no {if …}'],
    ['{if title}{else}{else}{end}', 16, 'this {if …} has an {else} already'],
    ['{if title}{if title}{end}{end}', 10, 'an {if …} cannot stand inside another'],
    ['{if }x{end}', 0, 'an {if …} asks for one field'],
    ['{if title == "CTO"}x{end}', 0, 'an {if …} asks for one field'],
    ['Hi {{first_name}}', 3, 'it names no field'],
    ['Hi {first_name', 3, 'it is never closed'],
    ['Hi }', 3, 'it closes nothing'],
  ])('is refused at the place where it cannot be read: %s', (text, malformedAt, because) => {
    expect(at(text)).toMatchObject({ malformedAt, because: expect.stringContaining(because) });
    expect(refusalOf(() => renderText(text, ada)).values).toEqual({ position: malformedAt + 1 });
  });

  it('takes a field that another tool failed to fill in for a missing one (P05)', () => {
    const values = fieldValues({ firstName: '{first_name}', lastName: 'Vale', title: 'C{T}O' });
    expect(missingFields('{first_name} {full_name} {title}', values)).toEqual([
      'first_name',
      'full_name',
    ]);
    expect(renderText('Hi {first_name|there}, {title}', values)).toBe('Hi there, C{T}O');
  });

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
