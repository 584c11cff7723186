import { tagOf } from '../app/lead-tags.js';
import type { Keyed } from '../app/segments.js';

/**
 * What must hold of a lead `l` of workspace $1; adds to `values`. Each is a set of lead ids that an index gives in their
 * order, so that whichever is the smallest may lead.
 */
export function segmentConditions(
  { filter, companies, titles, industries }: Keyed,
  values: unknown[],
): string[] {
  const put = (value: unknown) => `$${values.push(value)}`;
  const tags = filter.tags.map(tagOf).map((tag) => tagged(`= ${put(tag)}`));
  return [
    ...tags,
    ...unlessEmpty(
      filter.withoutTags.map(tagOf),
      (each) => `not ${tagged(`= any (${put(each)})`)}`,
    ),
    ...unlessEmpty(companies, (each) => `l.company = any (${put(each)}) and l.company <> ''`),
    ...unlessEmpty(filter.timeZones, (each) => {
      return `l.time_zone = any (${put(each)}) and l.time_zone <> ''`;
    }),
    ...unlessEmpty(titles, (each) => `l.lead_id in (${each.map(allWords(put)).join(' union ')})`),
    ...unlessEmpty(industries, (each) => `l.lead_id in (${wordIs(`= any (${put(each)})`)})`),
    ...unlessEmpty(filter.withoutCampaignIds, (each) => {
      return `not exists (${enrolled} and e.campaign_id = any (${put(each)}))`;
    }),
    ...standing(filter, put),
  ];
}

type Put = (value: unknown) => string;

function unlessEmpty<T>(list: readonly T[], condition: (list: readonly T[]) => string): string[] {
  return list.length === 0 ? [] : [condition(list)];
}

function tagged(comparison: string): string {
  return `exists (select from lead_tags t
    where t.tenant_id = $1 and t.lead_id = l.lead_id and t.tag ${comparison})`;
}

const wordIs = (comparison: string) =>
  `select w.lead_id from lead_words w where w.tenant_id = $1 and w.word ${comparison}`;

function allWords(put: Put) {
  return (words: readonly string[]): string =>
    `(${words.map((word) => wordIs(`= ${put(word)}`)).join(' intersect ')})`;
}

const enrolled = `select from enrollments e
  where e.tenant_id = $1 and e.lead_id = l.lead_id`;

function standing({ campaignIds, statuses }: Keyed['filter'], put: Put): string[] {
  const both = [
    ...unlessEmpty(campaignIds, (each) => `e.campaign_id = any (${put(each)})`),
    ...unlessEmpty(statuses, (each) => `e.status = any (${put(each)})`),
  ];
  return both.length === 0 ? [] : [`exists (${enrolled} and ${both.join(' and ')})`];
}
