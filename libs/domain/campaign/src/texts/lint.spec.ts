import fc from 'fast-check';
import { lintSteps, warningLine } from './lint-steps.js';
import { lintText } from './lint.js';

const opening = { kind: 'message', opening: true } as const;
const later = { kind: 'message', opening: false } as const;
const hits = (text: string, about: { kind: string; opening: boolean } = later) =>
  lintText(text, about).map(({ code, position, length }) => [
    code.replace('text/', ''),
    text.slice(position - 1, position - 1 + length),
  ]);

describe('A text is warned of (S2-53, F065)', () => {
  it.each([
    ['Please act TODAY, {first_name}', 'TODAY'],
    ['{first_name}, BUY NOW or never', 'BUY NOW'],
    ['Für ÄRZTE', 'ÄRZTE'],
  ])('when it shouts: %s', (text, what) => expect(hits(text)).toEqual([['all-caps', what]]));

  it.each([
    'Our CEO and the CTO',
    'EU-US rules for SaaS',
    'GDPR and VAT',
    '{custom.TEAM NAME HERE}',
  ])('but not for its abbreviations: %s', (text) => expect(hits(text)).toEqual([]));

  it.each([
    ['Really?! {first_name}', '?!'],
    ['Great!!!', '!!!'],
    ['So.....', '.....'],
    ['Hi! Nice! Great! Bye.', '!'],
  ])('when its punctuation is excessive: %s', (text, what) =>
    expect(hits(text)).toEqual([['excess-punctuation', what]]),
  );

  it('when it says what everybody says', () => {
    expect(hits('Hi {first_name}, I hope this message\nfinds you well.')).toEqual([
      ['generic-pitch', 'I hope this message\nfinds you well'],
    ]);
    expect(hits('A GAME changer to double your revenue')).toEqual([
      ['generic-pitch', 'GAME changer'],
      ['generic-pitch', 'double your revenue'],
    ]);
  });

  it('when it is long for its kind, whatever the fields say', () => {
    const long = `{first_name}${'word '.repeat(90)}`;
    expect(hits(long).map(([code]) => code)).toEqual(['long']);
    expect(hits(`{if title}${'word '.repeat(60)}{else}${'word '.repeat(60)}{end}`)).toEqual([]);
    expect(hits('word '.repeat(45), { kind: 'connect', opening: false })).toHaveLength(1);
  });

  it('when it has more links than one, and any in a note', () => {
    expect(hits('See https://a.example/x and www.b.example and ada@vale.com')).toEqual([
      ['many-links', 'www.b.example'],
    ]);
    expect(hits('See vale.io/ada, {first_name}')).toEqual([]);
    expect(hits('See vale.io/ada', { kind: 'connect', opening: false })).toEqual([
      ['many-links', 'vale.io/ada'],
    ]);
  });

  it('when the first words a lead reads name nothing of the lead', () => {
    expect(hits('Hello there', opening)).toEqual([['not-personal', 'Hello there']]);
    expect(hits('Hello {first_name|there}', opening)).toEqual([]);
    expect(hits('{if title}Hello{end}', opening)).toEqual([]);
    expect(hits('Hello again', later)).toEqual([]);
    expect(hits('', opening)).toEqual([]);
  });

  it('at places that are in it, whatever it says', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'ACT ',
            'now',
            '!',
            '{first_name}',
            '{if title}',
            '{end}',
            'www.x.io ',
            '👋',
          ),
        ),
        (pieces) => {
          const text = pieces.join('');
          for (const { position, length } of lintText(text, opening)) {
            expect(position).toBeGreaterThan(0);
            expect(position - 1 + length).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { seed: 20_261_121, numRuns: 500 },
    ));
});

describe('A sequence (S2-53, F065)', () => {
  it('is read step by step, each variant of it, with the place of what was found', () => {
    const warnings = lintSteps([
      { kind: 'visit', text: '' },
      {
        kind: 'connect',
        text: '',
        variants: [
          { id: 'a', text: '' },
          { id: 'b', text: 'Hi {first_name}!!' },
        ],
      },
      { kind: 'message', text: 'Anything new?' },
      { id: 'mail', kind: 'inmail', subject: 'ACT FAST', text: 'Hello' },
    ]);
    expect(warnings.map(warningLine)).toEqual([
      'Step 2, variant b, text, position 16: “!!” is more than one mark.',
      'Step 4, text, position 1: Everybody gets the same words; name something of the lead, such as {first_name}.',
      'Step 4, subject, position 1: “ACT FAST” is in capitals.',
    ]);
    expect(warnings.map(({ stepId }) => stepId)).toEqual(['s2', 'mail', 'mail']);
  });

  it('has its first message taken for the opening when the invitation says nothing', () => {
    const codes = lintSteps([
      { kind: 'connect', text: '' },
      { kind: 'message', text: 'Thanks' },
      { kind: 'message', text: 'Still there?' },
    ]).map(({ step, code }) => [step, code]);
    expect(codes).toEqual([[1, 'text/not-personal']]);
  });
});
