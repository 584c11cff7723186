import { lintText, type TextWarning } from './lint.js';
import type { WrittenStep } from './step-text.js';
import { fieldsOf } from './template.js';

export interface StepWarning extends TextWarning {
  /** Place of the step in its sequence, from 0. */
  readonly step: number;
  readonly stepId: string;
  /** Empty: the step's own text. */
  readonly variant: string;
  readonly part: 'text' | 'subject';
}

/** Reads every text of a sequence, each variant of it (S2-53, F065). */
export function lintSteps(steps: readonly WrittenStep[]): StepWarning[] {
  const first = steps.findIndex(speaks);
  return steps.flatMap((step, index) => {
    const { kind, id: stepId = `s${index + 1}` } = step;
    const opening = index === first || kind === 'connect' || kind === 'inmail';
    return textsOf(step).flatMap(({ variant, part, text, named }) => {
      const warnings = lintText(text, { kind, opening: opening && !named });
      return warnings.map((warning) => ({ ...warning, step: index, stepId, variant, part }));
    });
  });
}

/** One line for people who do not look at positions. */
export function warningLine({ step, variant, part, position, message }: StepWarning): string {
  const which = variant === '' ? '' : `, variant ${variant}`;
  return `Step ${step + 1}${which}, ${part}, position ${position}: ${message}`;
}

interface Text {
  readonly variant: string;
  readonly part: 'text' | 'subject';
  readonly text: string;
  /** Read together with a text that names the lead: one of the two is enough. */
  readonly named: boolean;
}

function textsOf({ kind, text, subject = '', variants = [] }: WrittenStep): Text[] {
  // A task is read by our own people.
  if (kind === 'task') return [];
  if (variants.length === 0) return pair('', text, subject);
  return variants.flatMap((each) => pair(each.id, each.text, each.subject ?? subject));
}

function pair(variant: string, text: string, subject: string): Text[] {
  const body: Text = { variant, part: 'text', text, named: fieldsOf(subject).length > 0 };
  return subject === '' ? [body] : [body, { variant, part: 'subject', text: subject, named: true }];
}

function speaks({ kind, text, variants = [] }: WrittenStep): boolean {
  if (kind === 'task' || kind === 'comment') return false;
  return text.trim() !== '' || variants.some((variant) => variant.text.trim() !== '');
}
