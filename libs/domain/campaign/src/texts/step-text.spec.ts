import { DomainError } from '@overture/kernel';
import type { Tier } from '@overture/policy';
import { checkTexts } from './check-text.js';
import { fieldValues } from './fields.js';
import { textLength } from './length.js';
import { contentOf, missingInStep, renderStep, type WrittenStep } from './step-text.js';

const values = fieldValues({ firstName: 'Ada', lastName: 'Vale', companyName: 'Engines' });
const xs = (count: number) => 'x'.repeat(count);

function refusalOf(step: WrittenStep, tier: Tier = 'sales_navigator', variant = ''): DomainError {
  try {
    renderStep(step, { values, tier, variant });
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('It was not refused.');
}

const codeOf = (step: WrittenStep, tier?: Tier) => refusalOf(step, tier).code;
const fits = (step: WrittenStep, tier: Tier = 'sales_navigator') =>
  renderStep(step, { values, tier }).text.length;

describe('The length of a step', () => {
  it('is counted after rendering, by tier (F064, S3-10)', () => {
    const note = { kind: 'connect', text: `{first_name}${xs(198)}` };
    expect(refusalOf(note, 'classic').values).toEqual({
      length: 201,
      max: 200,
      kind: 'connect',
      part: 'text',
    });
    expect(fits(note, 'premium')).toBe(201);
  });

  it('of a note is 200, 280, and 300 only where that is asked for (F027, F064, S3-04, S3-08, S3-28)', () => {
    const note = (length: number, longNote = false) => ({
      kind: 'connect',
      text: xs(length),
      longNote,
    });
    expect(fits(note(200), 'classic')).toBe(200);
    expect(fits(note(280), 'premium')).toBe(280);
    expect(codeOf(note(281), 'premium')).toBe('text/too-long');
    expect(fits(note(300, true), 'premium')).toBe(300);
    expect(codeOf(note(301, true), 'premium')).toBe('text/too-long');
    expect(codeOf(note(201, true), 'classic')).toBe('text/too-long');
  });

  it('of a message is at most 2 000, and it needs one (S3-05, S3-08, S3-29)', () => {
    expect(fits({ kind: 'message', text: xs(2_000) })).toBe(2_000);
    expect(codeOf({ kind: 'message', text: xs(2_001) })).toBe('text/too-long');
    expect(codeOf({ kind: 'message', text: '{title|} ' })).toBe('text/empty');
  });

  it('of an InMail is 200 and 1 900, and it needs both (F064)', () => {
    const inmail = (subject: number, text: number) => {
      return { kind: 'inmail', subject: xs(subject), text: xs(text) };
    };
    expect(fits(inmail(200, 1_900))).toBe(1_900);
    expect(refusalOf(inmail(201, 10)).values).toMatchObject({ part: 'subject', max: 200 });
    expect(refusalOf(inmail(10, 1_901)).values).toMatchObject({ part: 'text', max: 1_900 });
    expect(refusalOf(inmail(0, 10)).values).toMatchObject({ part: 'subject', kind: 'inmail' });
  });

  it('of a comment is at most 1 000, on a post of LinkedIn (S3-06, S3-08, S3-26, S3-30)', () => {
    const comment = (text: string, postUrl: string) => ({ kind: 'comment', text, postUrl });
    const post = 'https://www.linkedin.com/feed/update/urn:li:activity:7';
    expect(fits(comment(xs(1_000), post))).toBe(1_000);
    expect(codeOf(comment(xs(1_001), post))).toBe('text/too-long');
    expect(codeOf(comment('Fine', 'https://linkedin.com.example.org/feed'))).toBe(
      'text/not-linkedin',
    );
    expect(refusalOf(comment('Fine', '')).values).toMatchObject({ part: 'postUrl' });
  });

  it('counts an emoji as two, as LinkedIn does (F064)', () => {
    expect(textLength('👋')).toBe(2);
    expect(fits({ kind: 'connect', text: '👋'.repeat(100) }, 'classic')).toBe(200);
    expect(codeOf({ kind: 'connect', text: `${'👋'.repeat(100)}!` }, 'classic')).toBe(
      'text/too-long',
    );
  });
});

describe('The texts of a step', () => {
  const step: WrittenStep = {
    kind: 'inmail',
    text: '',
    subject: 'For {company_name}',
    variants: [
      { id: 'a', text: 'Hi {first_name}' },
      { id: 'b', text: '{title}, hello', subject: '{custom.nick|You}' },
    ],
  };

  it('are those of the variant that was planned (F067)', () => {
    const of = (variant: string) =>
      renderStep(step, { values: { ...values, title: 'CTO' }, tier: 'premium', variant });
    expect(of('a')).toEqual({ text: 'Hi Ada', subject: 'For Engines', postUrl: '' });
    expect(of('b')).toEqual({ text: 'CTO, hello', subject: 'You', postUrl: '' });
    expect(refusalOf(step, 'premium', 'c').code).toBe('variant/unknown');
  });

  it('miss only the fields of that variant, all of them at once (F063, F067)', () => {
    expect(missingInStep(step, values, 'a')).toEqual([]);
    expect(missingInStep(step, values, 'b')).toEqual(['title']);
    expect(missingInStep({ ...step, subject: '{custom.x}' }, {}, 'a')).toEqual([
      'first_name',
      'custom.x',
    ]);
  });

  it('are compared as a whole: another subject is another content (I11)', () => {
    const plain = { text: 'Hi', subject: '', postUrl: '' };
    expect(contentOf(plain)).toBe('Hi');
    const contents = [plain, { ...plain, subject: 'Hi' }, { ...plain, postUrl: 'Hi' }];
    expect(new Set(contents.map(contentOf)).size).toBe(3);
  });
});

describe('What an author wrote', () => {
  const problems = (step: WrittenStep) => checkTexts(step, '/steps/0');
  const message = (text: string): WrittenStep => ({ kind: 'message', text });

  it('is refused with the place of what cannot be read (F062, S3-27)', () =>
    expect(problems(message('Hi {if title}there'))).toEqual([
      { path: '/steps/0/text', message: 'The brace at position 4: {if title} has no {end}.' },
    ]));

  it('is refused when it names a field nobody knows, also inside a condition (F060)', () => {
    const [first, second] = problems(message('{name} {if nick}{title}{end}'));
    expect(first?.message).toMatch(/^\{name\} at position 1 is unknown\. Known: \{first_name\}/);
    expect(second?.message).toMatch(/^\{nick\} at position 8 is unknown/);
  });

  it('is refused when no field could make it short enough (F064)', () => {
    expect(problems(message(xs(2_001)))).toHaveLength(1);
    expect(problems(message(`{if title}${xs(2_001)}{end}{first_name}`))).toEqual([]);
    expect(problems({ kind: 'visit', text: 'Hello' })).toEqual([
      { path: '/steps/0/text', message: 'A visit has no text.' },
    ]);
    expect(problems({ ...message('Hi'), subject: 'Hi' })).toEqual([
      { path: '/steps/0/subject', message: 'A message has no subject.' },
    ]);
  });

  it('is refused when it holds what cannot be stored or shown, with the place of it', () => {
    const place = 'The character at position 3 cannot be sent.';
    expect(problems(message('Hi\u0000'))).toEqual([{ path: '/steps/0/text', message: place }]);
    expect(problems(message('Hi\ud83d'))).toEqual([{ path: '/steps/0/text', message: place }]);
    expect(problems(message('Hi\n\tthere 👋'))).toEqual([]);
    const inmail = { kind: 'inmail', text: 'Hi', subject: 'Hi\nthere' };
    expect(problems(inmail)).toEqual([{ path: '/steps/0/subject', message: place }]);
  });

  it('needs what its kind cannot do without (S3-28, S3-29, S3-30)', () => {
    const paths = (step: WrittenStep) => problems(step).map(({ path }) => path);
    expect(paths(message(' '))).toEqual(['/steps/0/text']);
    expect(paths({ kind: 'connect', text: '' })).toEqual([]);
    expect(paths({ kind: 'inmail', text: 'Hi' })).toEqual(['/steps/0/subject']);
    expect(paths({ kind: 'comment', text: 'Hi', postUrl: 'https://example.org/1' })).toEqual([
      '/steps/0/postUrl',
    ]);
    expect(paths({ kind: 'comment', text: 'Hi', postUrl: '{custom.post}' })).toEqual([]);
  });

  it('is checked in every variant, and a text beside variants is one too many (F067)', () => {
    const variants = [
      { id: 'a', text: 'Hi {nope}' },
      { id: 'b', text: '' },
    ];
    expect(problems({ kind: 'message', text: 'Hi', variants }).map(({ path }) => path)).toEqual([
      '/steps/0/variants/0/text',
      '/steps/0/variants/1/text',
      '/steps/0/text',
    ]);
  });
});
