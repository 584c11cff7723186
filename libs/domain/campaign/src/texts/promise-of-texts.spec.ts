import { DomainError } from '@overture/kernel';
import fc from 'fast-check';
import { expectedOf, scenes, thoughts, writtenOut, type Scene } from '../../test/written-texts.js';
import { missingFields, renderText } from './render.js';
import { renderStep, type RenderedStep, type WrittenStep } from './step-text.js';
import { namesIn, parseTemplate } from './template.js';

type Render = typeof renderStep;

const seed = 20_261_121;
const numRuns = 1_500;

/** Everything that is sent is what the author meant for this lead, and nothing else is sent (I11). */
function promise(render: Render) {
  return fc.property(scenes, (scene) => {
    const expected = expectedOf(scene);
    const came = outcomeOf(render, scene);
    if ('sent' in expected) expect(came).toEqual(expected.sent);
    else if ('missing' in expected) expect(came).toEqual([...expected.missing].sort());
    else expect(came).toMatch(/^text\/(?:too-long|empty)$/);
  });
}

function outcomeOf(render: Render, { step, values, tier, variant }: Scene) {
  try {
    return render(step, { values, tier, variant });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { missing } = error.values as { missing?: string[] };
    return missing === undefined ? error.code : [...missing].sort();
  }
}

describe('What is sent (I11, F060..F064, F067)', () => {
  it('is what the author meant for this lead, whatever is written and known', () =>
    fc.assert(promise(renderStep), { seed, numRuns }));

  it.each(Object.entries(mutants()))('would not be, and is noticed: %s', (_, mutant) => {
    const { failed } = fc.check(promise(mutant), { seed, numRuns });
    expect(failed).toBe(true);
  });
});

describe('A template', () => {
  it('of any kind is read, or refused with a place that is in it (F060, F062)', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '|',
      'if ',
      '{if x}',
      '{else}',
      '{end}',
      'x',
      '{x}',
      ' ',
    );
    const anything = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const template = parseTemplate(text);
        if ('parts' in template) {
          for (const { at } of namesIn(template.parts)) expect(text[at]).toBe('{');
          return;
        }
        expect('{}').toContain(text[template.malformedAt]);
        expect(template.because).not.toBe('');
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('that is read leaves no brace in what is sent (I11, P05)', () => {
    const values = { first_name: 'Ada', company_name: '', title: 'CTO', 'custom.seats': '12' };
    fc.assert(
      fc.property(thoughts, (thought) => {
        const text = writtenOut(thought);
        if (missingFields(text, values).length > 0) return;
        expect(renderText(text, values)).not.toMatch(/[{}]/);
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

/** Ways to get it wrong that have all been somebody's bug. */
function mutants(): Record<string, Render> {
  const rewritten =
    (rewrite: (text: string) => string): Render =>
    (step, reader) =>
      renderStep(everywhere(step, rewrite), reader);
  const afterwards =
    (change: (sent: RenderedStep, step: WrittenStep) => RenderedStep): Render =>
    (step, reader) =>
      change(renderStep(step, reader), step);
  const remembered = new Map<string, RenderedStep>();
  return {
    'a gap where a field is missing': rewritten((text) =>
      text.replace(/\{(?!if |else|end)([^{}|]+)\}/g, '{$1|}'),
    ),
    'the fallback although the field is there': (step, reader) =>
      renderStep(
        everywhere(step, (text) => text.replace(/\{[^{}|]+\|([^{}]*)\}/g, '$1')),
        reader,
      ),
    'the other way of a condition': rewritten((text) =>
      text.replace(/\{if ([^{}]+)\}(.*?)(?:\{else\}(.*?))?\{end\}/gs, '{if $1}$3{else}$2{end}'),
    ),
    'both ways of a condition': rewritten((text) =>
      text.replace(/\{(?:if [^{}]+|else|end)\}/g, ''),
    ),
    'the first variant for everybody': (step, reader) =>
      renderStep(step, { ...reader, variant: step.variants?.[0]?.id ?? '' }),
    'the text of whoever came before': (step, reader) => {
      const key = JSON.stringify(step);
      const sent = remembered.get(key.slice(0, 40)) ?? renderStep(step, reader);
      remembered.set(key.slice(0, 40), sent);
      return sent;
    },
    'what does not fit cut off': (step, reader) => {
      const room = { connect: 200, message: 2_000, inmail: 1_900 }[step.kind] ?? 0;
      const whole = unbounded(step, reader);
      return { ...whole, text: whole.text.slice(0, room) };
    },
    'what does not fit sent all the same': (step, reader) => unbounded(step, reader),
    'a field of a field filled in again': (step, reader) => {
      const sent = renderStep(step, reader);
      const again = parseTemplate(sent.text);
      if (!('parts' in again) || namesIn(again.parts).length === 0) return sent;
      return { ...sent, text: renderText(sent.text.replaceAll('}', '|}'), reader.values) };
    },
    'the subject left out': afterwards((sent) => ({ ...sent, subject: '' })),
    'blanks at its ends taken away': afterwards((sent) => ({ ...sent, text: sent.text.trim() })),
    'the template itself': (step, reader) => {
      const sent = renderStep(step, reader);
      return { ...sent, text: reader.variant === '' ? step.text : sent.text };
    },
  };
}

/** Without any limit: as if each text were a message of somebody who may say everything. */
function unbounded(step: WrittenStep, reader: Parameters<Render>[1]): RenderedStep {
  const { variant = '', values } = reader;
  const own = step.variants?.find(({ id }) => id === variant)?.text ?? step.text;
  const text = renderText(own, values);
  if (text.trim() === '') return renderStep(step, reader);
  return { ...renderStep({ ...step, text: 'x', variants: [] }, { ...reader, variant: '' }), text };
}

function everywhere(step: WrittenStep, rewrite: (text: string) => string): WrittenStep {
  const variants = (step.variants ?? []).map((each) => ({ ...each, text: rewrite(each.text) }));
  return { ...step, text: rewrite(step.text), subject: rewrite(step.subject ?? ''), variants };
}
