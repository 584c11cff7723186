import { parseProfileUrl } from '@overture/providers';
import { cleanLine, cleanText, damageIn } from './clean.js';
import type { ColumnField, ColumnMapping } from './columns.js';
import { personName, splitFullName, type PersonName } from './names.js';
import { timeZoneName } from './time-zone.js';

/** A person as the file gives them; empty text where it gives nothing. */
export interface ImportedLead {
  readonly firstName: string;
  readonly lastName: string;
  /** As written in the file, known to be the address of a person. */
  readonly linkedinUrl: string;
  readonly companyName: string;
  readonly title: string;
  readonly email: string;
  /** IANA, or empty. */
  readonly timeZone: string;
  /** Where and why the person was picked (S3-14). */
  readonly pickedSource: string;
  readonly pickedBecause: string;
  readonly companyWebsite: string;
  readonly customFields: Readonly<Record<string, string>>;
}

export type RowProblemCode =
  | 'row/damaged'
  | 'row/too-long'
  | 'row/repeats-header'
  | 'name/missing'
  | 'url/missing'
  | 'url/refused';

/** Why a row is no lead, in words for the person who made the file. */
export interface RowProblem {
  readonly code: RowProblemCode;
  readonly message: string;
}

export type LeadOrProblem =
  | { readonly lead: ImportedLead; readonly problem?: never }
  | { readonly lead?: never; readonly problem: RowProblem };

/** Turns the cells of one row into a lead, or says why it is none. */
export function readLead(cells: readonly string[], mapping: ColumnMapping): LeadOrProblem {
  const name = nameOf(cells, mapping);
  const nameless = missingName(name);
  if (nameless !== undefined) return { problem: nameless };
  const address = profileAddress(cells, mapping.sources.linkedinUrl);
  if (typeof address !== 'string') return { problem: address };
  const one = (field: ColumnField): string => firstFilled(cells, mapping.sources[field]);
  return {
    lead: {
      firstName: name.firstName,
      lastName: name.lastName,
      linkedinUrl: address,
      companyName: one('companyName'),
      title: one('title'),
      email: emailOrNothing(one('email')),
      timeZone: timeZoneName(one('timeZone')),
      pickedSource: one('pickedSource'),
      pickedBecause: one('pickedBecause'),
      companyWebsite: one('companyWebsite'),
      customFields: customFields(cells, mapping),
    },
  };
}

/** A cell that is too long or cannot be stored makes its row useless, whatever the column. */
export function badCell(
  cells: readonly string[],
  { columns }: ColumnMapping,
  limits: { readonly fieldLengthMax: number; readonly mayBeDamaged: boolean },
): RowProblem | undefined {
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? '';
    const problem = cellProblem(cell, limits);
    if (problem === undefined) continue;
    const column = columns[index]?.header || `column ${index + 1}`;
    return { code: problem.code, message: `${column} ${problem.message}` };
  }
  return undefined;
}

function cellProblem(
  cell: string,
  limits: { readonly fieldLengthMax: number; readonly mayBeDamaged: boolean },
): RowProblem | undefined {
  const { fieldLengthMax } = limits;
  if (cell.length > fieldLengthMax) {
    const message = `has ${cell.length} characters; at most ${fieldLengthMax} are allowed.`;
    return { code: 'row/too-long', message };
  }
  const damage = limits.mayBeDamaged ? damageIn(cell) : undefined;
  return damage === undefined ? undefined : { code: 'row/damaged', message: `${damage}.` };
}

function nameOf(cells: readonly string[], { sources }: ColumnMapping): PersonName {
  const name = personName(
    firstFilled(cells, sources.firstName),
    firstFilled(cells, sources.lastName),
  );
  if (name.firstName !== '' && name.lastName !== '') return name;
  const split = splitFullName(firstFilled(cells, sources.fullName));
  return {
    firstName: name.firstName || split.firstName,
    lastName: name.lastName || split.lastName,
  };
}

function missingName({ firstName, lastName }: PersonName): RowProblem | undefined {
  if (firstName !== '' && lastName !== '') return undefined;
  const which = firstName === '' ? (lastName === '' ? 'name' : 'first_name') : 'last_name';
  return { code: 'name/missing', message: `${which} is empty.` };
}

/** The first address that names a person; else what is wrong with the first one given. */
function profileAddress(cells: readonly string[], sources: readonly number[]): string | RowProblem {
  let problem: RowProblem = { code: 'url/missing', message: 'linkedin_url is empty.' };
  for (const index of sources) {
    const text = cleanLine(cells[index] ?? '');
    if (text === '') continue;
    const url = parseProfileUrl(text);
    if (url.kind !== 'refused') return text;
    if (problem.code === 'url/missing') {
      problem = { code: 'url/refused', message: `linkedin_url: ${url.message}` };
    }
  }
  return problem;
}

function firstFilled(cells: readonly string[], sources: readonly number[]): string {
  for (const index of sources) {
    const text = cleanLine(cells[index] ?? '');
    if (text !== '') return text;
  }
  return '';
}

function customFields(cells: readonly string[], { custom }: ColumnMapping): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { key, index } of custom) {
    const text = cleanText(cells[index] ?? '');
    if (text !== '') values[key] = text;
  }
  return values;
}

// "n/a", "-", "not found": an address that is none would only bounce later.
function emailOrNothing(text: string): string {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : '';
}
