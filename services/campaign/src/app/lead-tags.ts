import { InvalidInputError } from '@overture/kernel';
import { refuseUncleanLine } from './input.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

export interface TagCount {
  readonly tag: string;
  readonly leads: number;
}

export interface TaggedLead {
  readonly leadId: string;
  readonly tag: string;
}

export abstract class LeadTags {
  /** Lets one transaction at a time tag leads of a workspace, so that two of them never wait for each other. */
  abstract lockTagging(scope: Scope): Promise<void>;
  abstract ofLeads(scope: Scope, leadIds: readonly string[]): Promise<readonly TaggedLead[]>;
  abstract add(scope: Scope, tags: readonly TaggedLead[]): Promise<void>;
  abstract remove(scope: Scope, tags: readonly TaggedLead[]): Promise<void>;
  /** By name, with how many leads have each. */
  abstract list(scope: Scope, wanted: PageWanted): Promise<PageOf<TagCount>>;
}

export interface TagChange {
  readonly leadIds: readonly string[];
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

export interface TagVerdict {
  readonly index: number;
  readonly leadId: string;
  readonly verdict: 'changed' | 'unchanged' | 'rejected';
  readonly reason: string;
  /** What the lead has now. */
  readonly tags: readonly string[];
}

const leadsMax = 500;
const tagsPerCallMax = 20;
const tagsPerLeadMax = 50;
const tagLengthMax = 50;

/** One spelling of a tag: capitals make no other tag. */
export function tagOf(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** Sets and takes off tags of leads, one verdict each (F048). */
export async function tagLeads(
  ports: Ports,
  caller: Caller,
  wanted: TagChange,
): Promise<TagVerdict[]> {
  const change = checked(wanted);
  return inTransaction(ports, caller, async (scope) => {
    await ports.tags.lockTagging(scope);
    const leadIds = [...new Set(change.leadIds)];
    const known = new Set((await ports.leads.find(scope, leadIds)).map(({ leadId }) => leadId));
    const before = byLead(await ports.tags.ofLeads(scope, leadIds));
    const judged = new Map(
      leadIds.map((leadId) => [leadId, judge(before.get(leadId) ?? [], change, known.has(leadId))]),
    );
    const changed = [...judged].filter(([, { verdict }]) => verdict === 'changed');
    await ports.tags.add(scope, pairs(changed, 'added'));
    await ports.tags.remove(scope, pairs(changed, 'removed'));
    return change.leadIds.map((leadId, index): TagVerdict => {
      const { verdict, reason, tags } = judged.get(leadId) ?? unknownLead;
      return { index, leadId, verdict, reason, tags };
    });
  });
}

export function listTags(
  ports: Ports,
  caller: Caller,
  wanted: PageWanted,
): Promise<PageOf<TagCount>> {
  return inTransaction(ports, caller, (scope) => ports.tags.list(scope, wanted));
}

/** The tags of leads, in order. */
export function byLead(tagged: readonly TaggedLead[]): ReadonlyMap<string, string[]> {
  const tags = new Map<string, string[]>();
  for (const { leadId, tag } of tagged) tags.set(leadId, [...(tags.get(leadId) ?? []), tag]);
  return tags;
}

type Judged = Pick<TagVerdict, 'verdict' | 'reason' | 'tags'> &
  Readonly<Record<'added' | 'removed', readonly string[]>>;

const unknownLead: Judged = {
  verdict: 'rejected',
  reason: 'There is no such lead.',
  tags: [],
  added: [],
  removed: [],
};

function judge(before: readonly string[], { set, unset }: TagChange, isKnown: boolean): Judged {
  if (!isKnown) return unknownLead;
  const added = set.filter((tag) => !before.includes(tag));
  const removed = unset.filter((tag) => before.includes(tag));
  const tags = [...before, ...added].filter((tag) => !removed.includes(tag)).sort();
  if (tags.length > tagsPerLeadMax) {
    const reason = `A lead has at most ${tagsPerLeadMax} tags.`;
    return { ...unknownLead, reason, tags: before };
  }
  const isSame = added.length + removed.length === 0;
  return { verdict: isSame ? 'unchanged' : 'changed', reason: '', tags, added, removed };
}

function pairs(
  changed: readonly (readonly [string, Judged])[],
  which: 'added' | 'removed',
): TaggedLead[] {
  return changed.flatMap(([leadId, judged]) => judged[which].map((tag) => ({ leadId, tag })));
}

function checked({ leadIds, ...tags }: TagChange): TagChange {
  if (leadIds.length > leadsMax) {
    const message = `At most ${leadsMax} leads at once.`;
    throw new InvalidInputError([{ path: '/leadIds', message }]);
  }
  const set = checkedTags('/set', tags.set);
  const unset = checkedTags('/unset', tags.unset);
  const both = set.findIndex((tag) => unset.includes(tag));
  if (both === -1) return { leadIds, set, unset };
  const message = 'The same tag cannot be set and taken off.';
  throw new InvalidInputError([{ path: `/set/${both}`, message }]);
}

function checkedTags(path: string, texts: readonly string[]): string[] {
  if (texts.length > tagsPerCallMax) {
    throw new InvalidInputError([{ path, message: `At most ${tagsPerCallMax} tags at once.` }]);
  }
  const tags = texts.map((text, index) => {
    refuseUncleanLine(`${path}/${index}`, text);
    const tag = tagOf(text);
    if (tag !== '' && tag.length <= tagLengthMax) return tag;
    const message = `Expected 1 to ${tagLengthMax} characters.`;
    throw new InvalidInputError([{ path: `${path}/${index}`, message }]);
  });
  return [...new Set(tags)];
}
