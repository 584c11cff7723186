import fc from 'fast-check';
import type { Tier } from '@overture/policy';
import type { RenderedStep, WrittenStep } from '../src/texts/step-text.js';

/** A template as its author thinks of it, before it is written down. */
export type Thought =
  | { readonly say: string }
  | { readonly field: string; readonly fallback?: string }
  | {
      readonly ask: string;
      readonly then: readonly Thought[];
      readonly otherwise?: readonly Thought[];
    };

export interface Scene {
  readonly step: WrittenStep;
  readonly values: Readonly<Record<string, string>>;
  readonly tier: Tier;
  readonly variant: string;
  /** The thoughts behind what this lead is to read. */
  readonly text: readonly Thought[];
  readonly subject: readonly Thought[];
}

/** What must come of it, worked out a second time and in another way. */
export type Expected =
  | { readonly sent: RenderedStep }
  | { readonly missing: readonly string[] }
  | { readonly unfit: true };

const fields = ['first_name', 'company_name', 'title', 'custom.seats', 'custom.Team Size'];
const aField = fc.constantFrom(...fields);
const words = fc.constantFrom('Hi ', 'at ', '👋', 'é', '\n', '|', 'if ', 'else', 'x'.repeat(90));
const say = words.map((text): Thought => ({ say: text }));
const field = fc
  .record(
    { field: aField, fallback: fc.constantFrom('there', 'a|b', '') },
    { requiredKeys: ['field'] },
  )
  .map((thought): Thought => thought);
const plainThoughts = fc.array(fc.oneof(say, field), { maxLength: 4 });
const question = fc
  .record(
    { ask: aField, then: plainThoughts, otherwise: plainThoughts },
    { requiredKeys: ['ask', 'then'] },
  )
  .map((thought): Thought => thought);
export const thoughts = fc.array(fc.oneof(say, field, question), { maxLength: 6 });

const value = fc.constantFrom(
  'Ada',
  ' Vale ',
  '',
  '  ',
  '{title}',
  '{nobody}',
  '{first_name|x}',
  'C&O',
  '👋',
);
const values = fc
  .tuple(value, value, value, value, value)
  .map((all) => Object.fromEntries(fields.map((name, index) => [name, all[index] ?? ''])));

export const scenes: fc.Arbitrary<Scene> = fc
  .record({
    kind: fc.constantFrom('connect', 'message', 'inmail'),
    tier: fc.constantFrom<Tier>('classic', 'premium', 'sales_navigator'),
    variants: fc.array(thoughts, { maxLength: 3 }),
    chosen: fc.nat(2),
    text: thoughts,
    subject: thoughts,
    values,
  })
  .map(({ kind, variants, chosen, subject, text, ...rest }) => {
    const own = kind === 'inmail' ? subject : [];
    const written = variants.map((each, index) => ({ id: `v${index}`, text: writtenOut(each) }));
    const index = chosen % Math.max(variants.length, 1);
    const read = variants[index] ?? text;
    const step = {
      kind,
      text: variants.length > 0 ? '' : writtenOut(text),
      subject: writtenOut(own),
      variants: written,
    };
    return {
      ...rest,
      step,
      text: read,
      subject: own,
      variant: variants.length > 0 ? `v${index}` : '',
    };
  });

/** The template, written down. */
export function writtenOut(all: readonly Thought[]): string {
  return all.map(writtenOne).join('');
}

function writtenOne(thought: Thought): string {
  if ('say' in thought) return thought.say;
  if ('field' in thought) {
    const { field: name, fallback } = thought;
    return fallback === undefined ? `{${name}}` : `{${name}|${fallback}}`;
  }
  const { ask, then, otherwise } = thought;
  const other = otherwise === undefined ? '' : `{else}${writtenOut(otherwise)}`;
  return `{if ${ask}}${writtenOut(then)}${other}{end}`;
}

/** What the lead must read, told from the thoughts alone: no template is parsed here. */
export function expectedOf({ step, values: known, tier, text, subject }: Scene): Expected {
  const missing = new Set<string>();
  const tell = (all: readonly Thought[]): string =>
    all.map((thought) => told(thought, known, missing, tell)).join('');
  const sent = { text: tell(text), subject: tell(subject), postUrl: '' };
  if (missing.size > 0) return { missing: [...missing] };
  const noteMax = tier === 'classic' ? 200 : 280;
  const room = { connect: noteMax, message: 2_000, inmail: 1_900 }[step.kind] ?? 0;
  const mustSpeak = step.kind !== 'connect' && sent.text.trim() === '';
  const mustName = step.kind === 'inmail' && sent.subject.trim() === '';
  const tooLong = sent.text.length > room || sent.subject.length > 200;
  return mustSpeak || mustName || tooLong ? { unfit: true } : { sent };
}

function told(
  thought: Thought,
  known: Scene['values'],
  missing: Set<string>,
  tell: (all: readonly Thought[]) => string,
): string {
  if ('say' in thought) return thought.say;
  if ('ask' in thought) {
    return tell(has(known, thought.ask) ? thought.then : (thought.otherwise ?? []));
  }
  if (has(known, thought.field)) return (known[thought.field] ?? '').trim();
  if (thought.fallback === undefined) missing.add(thought.field);
  return thought.fallback ?? '';
}

/** Blank is nothing; so is the name of a field in braces, which another tool left behind. */
function has(known: Scene['values'], name: string): boolean {
  const value = (known[name] ?? '').trim();
  return value !== '' && !['{title}', '{first_name|x}'].includes(value);
}
