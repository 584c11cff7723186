import { isZone } from '@overture/policy';
import type { FieldProblem } from '@overture/kernel';
import { isCleanLine } from './input.js';
import type { NewLead } from './lead-details.js';

/** What a lead may hold: enough for every text, little enough that a page of leads fits into one message. */
export const leadLimits = {
  textLengthMax: 2_000,
  customFieldsMax: 50,
  nameLengthMax: 64,
  customLengthMax: 20_000,
} as const;

/** One field that cannot be kept as it is: `field` as the API names it, `says` goes on after the field's name. */
export interface LeadProblem {
  readonly field: string;
  readonly says: string;
}

/** Everything that is wrong with what somebody says of a person; the address is read elsewhere. */
export function leadProblems(lead: Partial<NewLead>): LeadProblem[] {
  const { customFields, ...texts } = lead;
  return [
    ...missing(texts),
    ...zone(texts),
    ...Object.entries(texts).flatMap(([field, text]) => ofText(field, text)),
    ...ofCustomFields(customFields ?? {}),
  ];
}

/** For people: `first_name is missing.` */
export function sentenceOf({ field, says }: LeadProblem): string {
  const [top = '', ...rest] = field.split('/');
  const name = top.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return `${[name, ...rest].join('.')} ${says}`;
}

/** For whoever filled in a form: each with its place (RFC 6901). */
export function fieldProblems(problems: readonly LeadProblem[]): FieldProblem[] {
  return problems.map((problem) => {
    const parts = problem.field.split('/').map(escaped);
    return { path: `/${parts.join('/')}`, message: sentenceOf(problem) };
  });
}

const needed = ['firstName', 'lastName', 'linkedinUrl'] as const;

function missing(texts: Partial<NewLead>): LeadProblem[] {
  const empty = needed.filter((field) => texts[field]?.trim() === '');
  return empty.map((field) => ({ field, says: 'is missing.' }));
}

function zone({ timeZone = '' }: Partial<NewLead>): LeadProblem[] {
  if (timeZone === '' || isZone(timeZone)) return [];
  return [{ field: 'timeZone', says: 'is not an IANA time zone.' }];
}

function ofText(field: string, text: string): LeadProblem[] {
  if (text.length > leadLimits.textLengthMax) return [{ field, says: 'is too long.' }];
  return isCleanLine(text) ? [] : [{ field, says: 'holds control characters.' }];
}

function ofCustomFields(customFields: Readonly<Record<string, string>>): LeadProblem[] {
  const entries = Object.entries(customFields);
  const { customFieldsMax, customLengthMax } = leadLimits;
  if (entries.length > customFieldsMax) {
    return [{ field: 'customFields', says: `has more than ${customFieldsMax} fields.` }];
  }
  const length = entries.reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  const whole: LeadProblem[] =
    length <= customLengthMax
      ? []
      : [{ field: 'customFields', says: `has more than ${customLengthMax} characters together.` }];
  return [...whole, ...entries.flatMap(([name, text]) => ofCustomField(name, text))];
}

function ofCustomField(name: string, text: string): LeadProblem[] {
  if (!isName(name)) {
    const says = `has a field whose name is no name: 1 to ${leadLimits.nameLengthMax} characters without { } | /.`;
    return [{ field: 'customFields', says }];
  }
  if (text.length <= leadLimits.textLengthMax) return [];
  return [{ field: `customFields/${name}`, says: 'is too long.' }];
}

// A text names a field in braces and its fallback behind a bar; such a name could never be used.
function isName(name: string): boolean {
  const fits = name.trim() !== '' && name.length <= leadLimits.nameLengthMax && isCleanLine(name);
  return fits && !/[{}|/]/.test(name);
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0');
}
