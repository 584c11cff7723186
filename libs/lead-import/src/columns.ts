import { synonyms } from './synonyms.js';

/** What a column may hold; everything else is a custom field. */
export type ColumnField =
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'linkedinUrl'
  | 'companyName'
  | 'title'
  | 'email'
  | 'timeZone'
  | 'pickedSource'
  | 'pickedBecause'
  | 'companyWebsite';

/** One column of the file: `field` is a ColumnField, `customFields.<key>`, or `ignore`. */
export interface MappedColumn {
  readonly header: string;
  readonly field: string;
}

export interface ColumnMapping {
  readonly columns: readonly MappedColumn[];
  /** Where each field is read from, best first. */
  readonly sources: Readonly<Record<ColumnField, readonly number[]>>;
  readonly custom: readonly { readonly key: string; readonly index: number }[];
}

/** Columns of these say each something of their own: the second best is kept beside it, never in its place. */
const oneColumnOnly: ReadonlySet<string> = new Set(['pickedSource', 'pickedBecause']);

const customPrefix = 'customFields.';
const customKeyLengthMax = 64;
const fields = Object.keys(synonyms) as ColumnField[];

const rankOf = new Map<string, { field: ColumnField; rank: number }>();
for (const field of fields) {
  synonyms[field].forEach((name, rank) => rankOf.set(name, { field, rank }));
}

/** How many different fields these names would fill: tells a header from any other row. */
export function recognizedFields(names: readonly string[]): number {
  return new Set(names.map((name) => rankOf.get(headerKey(name))?.field).filter(Boolean)).size;
}

/** Reads the header by the synonym table; `wanted` (header → field) is the caller's own word and comes first. */
export function mapColumns(
  header: readonly string[],
  wanted: Readonly<Record<string, string>> = {},
): ColumnMapping {
  const chosen = new Map(Object.entries(wanted).map(([name, field]) => [headerKey(name), field]));
  const taken = new Set<string>();
  const best = bestColumns(header, chosen);
  const named = header.map((name, index) => {
    const field = chosen.get(headerKey(name)) ?? fieldOf(name, index, { taken, best });
    return { header: name.trim(), field: normalField(field), index, rank: rankOfHeader(name) };
  });
  return {
    columns: named.map(({ header: name, field }) => ({ header: name, field })),
    sources: sourcesOf(named),
    custom: named
      .filter(({ field }) => field.startsWith(customPrefix))
      .map(({ field, index }) => ({ key: field.slice(customPrefix.length), index })),
  };
}

/** The required columns (S2-12) that the header lacks, in the words of the guide. */
export function missingColumns({ sources }: ColumnMapping): string[] {
  const missing: string[] = [];
  const named = sources.fullName.length > 0;
  if (!named && sources.firstName.length === 0) missing.push('first_name');
  if (!named && sources.lastName.length === 0) missing.push('last_name');
  if (sources.linkedinUrl.length === 0) missing.push('linkedin_url');
  return missing;
}

/** `first_name` and `firstName` are the same word; anything unknown becomes a custom field. */
function normalField(field: string): string {
  if (field === 'ignore') return field;
  const known = fields.find((name) => headerKey(name) === headerKey(field));
  if (known !== undefined) return known;
  const key = field.startsWith(customPrefix) ? field.slice(customPrefix.length) : field;
  return customPrefix + customKey(key);
}

/** What is the same for the eye: case, accents, spaces, punctuation, Salesforce's `__c`. */
function headerKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/__c$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/** Of the fields that take one column only: which; -1 where the caller chose it. */
function bestColumns(
  header: readonly string[],
  chosen: ReadonlyMap<string, string>,
): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const field of oneColumnOnly) {
    const isChosen = header.some(
      (name) => normalField(chosen.get(headerKey(name)) ?? '') === field,
    );
    const ranks = header.map((name) => {
      const known = rankOf.get(headerKey(name));
      return known?.field === field ? known.rank : Infinity;
    });
    best.set(field, isChosen ? -1 : ranks.indexOf(Math.min(...ranks)));
  }
  return best;
}

function fieldOf(
  name: string,
  index: number,
  { taken, best }: { taken: Set<string>; best: ReadonlyMap<string, number> },
): string {
  const known = rankOf.get(headerKey(name));
  if (known !== undefined && (best.get(known.field) ?? index) === index) return known.field;
  const base = customKey(name) || `column_${index + 1}`;
  let key = base;
  for (let copy = 2; taken.has(key); copy++) key = `${base}_${copy}`;
  taken.add(key);
  return customPrefix + key;
}

/** The form that `{merge_fields}` have: `Connected On` → `connected_on`. */
function customKey(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, customKeyLengthMax);
}

function rankOfHeader(name: string): number {
  return rankOf.get(headerKey(name))?.rank ?? -1;
}

function sourcesOf(
  named: readonly { field: string; index: number; rank: number }[],
): Record<ColumnField, readonly number[]> {
  const sources = {} as Record<ColumnField, readonly number[]>;
  for (const field of fields) {
    const columns = named.filter((column) => column.field === field);
    sources[field] = columns.sort((a, b) => a.rank - b.rank).map(({ index }) => index);
  }
  return sources;
}
