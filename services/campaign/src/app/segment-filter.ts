import { InvalidInputError } from '@overture/kernel';
import { refuseUncleanLine } from './input.js';

/** Every part that says something must hold. Of a list any entry will do, but every tag must be there. */
export interface SegmentFilter {
  readonly tags: readonly string[];
  readonly withoutTags: readonly string[];
  readonly companies: readonly string[];
  /** Roles (S2-55): the words of one of them are all in the title. */
  readonly titles: readonly string[];
  readonly industries: readonly string[];
  readonly timeZones: readonly string[];
  readonly campaignIds: readonly string[];
  readonly withoutCampaignIds: readonly string[];
  /** Of an enrollment, in one of the campaigns if there are any. */
  readonly statuses: readonly string[];
}

const parts = [
  'tags',
  'withoutTags',
  'companies',
  'titles',
  'industries',
  'timeZones',
  'campaignIds',
  'withoutCampaignIds',
  'statuses',
] as const satisfies readonly (keyof SegmentFilter)[];

const entriesMax = 50;
const lengthMax = 200;

/** A filter that says nothing means everybody, which nobody means by accident. */
export function refuseUnfitFilter(filter: SegmentFilter): void {
  if (parts.every((part) => filter[part].length === 0)) {
    const message = 'A segment needs at least one condition.';
    throw new InvalidInputError([{ path: '/filter', message }]);
  }
  parts.forEach((part) => {
    refuseUnfitEntries(`/filter/${part}`, filter[part]);
  });
}

function refuseUnfitEntries(path: string, entries: readonly string[]): void {
  if (entries.length > entriesMax) {
    throw new InvalidInputError([{ path, message: `Expected at most ${entriesMax} entries.` }]);
  }
  entries.forEach((entry, index) => {
    refuseUncleanLine(`${path}/${index}`, entry);
    if (entry.trim() !== '' && entry.length <= lengthMax) return;
    const message = `Expected 1 to ${lengthMax} characters.`;
    throw new InvalidInputError([{ path: `${path}/${index}`, message }]);
  });
}
