import type { Instant } from '@overture/kernel';
import { reachableFrom, stepIdOf, waysOf } from '../campaign/graph.js';
import type { Branch, Condition, Sequence } from '../campaign/sequence.js';
import { valueOf, type FieldValues } from '../texts/fields.js';
import type { Planning } from './commands.js';
import type { BranchTaken } from './course-events.js';
import { isConnected } from './standing.js';
import type { Enrolled } from './state.js';
import { invitationGone } from './unanswered.js';

export interface Outcome {
  readonly outcome: 'yes' | 'no';
  /** Names the rule and the field, never what the field says. */
  readonly because: string;
}

/** The way a branch takes now; undefined while only time or LinkedIn can tell (F012, F013). */
export function takeBranch(
  state: Enrolled,
  index: number,
  { sequence, fields = {} }: Planning,
  at: Instant,
): { events: BranchTaken[]; next: number } | undefined {
  const branch = sequence.steps[index]?.branch;
  const outcome = branch === undefined ? neither : outcomeOf(state, branch, fields);
  if (outcome === undefined) return undefined;
  return taken(sequence, index, outcome, at);
}

/** A branch goes this way, and what only the other way led to is passed over. */
export function taken(
  { steps }: Sequence,
  index: number,
  { outcome, because }: Outcome,
  at: Instant,
): { events: BranchTaken[]; next: number } {
  const next = waysOf(steps, index)[outcome];
  const left = reachableFrom(steps, next);
  const passedOver = [...reachableFrom(steps, index)]
    .filter((step) => step !== index && !left.has(step))
    .sort((a, b) => a - b);
  const stepId = stepIdOf(steps, index);
  const data = { step: index, stepId, outcome, because, passedOver, at };
  return { events: [{ type: 'BranchTaken', data }], next };
}

// Nothing launched has a branch without a condition; were there one, it would not be a way to contact anybody.
const neither: Outcome = { outcome: 'no', because: 'no_condition' };

function outcomeOf(state: Enrolled, branch: Branch, fields: FieldValues): Outcome | undefined {
  switch (branch.when) {
    case 'accepted_within':
      return acceptance(state);
    case 'replied_before':
      return state.repliedBefore === true
        ? { outcome: 'yes', because: 'replied_before' }
        : { outcome: 'no', because: 'never_replied' };
    case 'field':
      return ofField(branch, fields);
  }
}

function acceptance(state: Enrolled): Outcome | undefined {
  if (isConnected(state)) return { outcome: 'yes', because: 'accepted' };
  if (state.invitation === 'open') return undefined;
  const because = state.invitation === 'lapsed' ? invitationGone : 'never_invited';
  return { outcome: 'no', because };
}

function ofField(branch: Branch & { when: 'field' }, fields: FieldValues): Outcome {
  const { name, op } = branch;
  const holds = fieldHolds(branch, fields);
  return { outcome: holds ? 'yes' : 'no', because: `field_${op}:${name}` };
}

/** Upper and lower case are the same, as people write both. */
export function fieldHolds(
  { name, op, value = '' }: Condition & { when: 'field' },
  fields: FieldValues,
): boolean {
  const found = valueOf(fields, name) ?? '';
  const [has, wanted] = [found.toLowerCase(), value.trim().toLowerCase()];
  if (has === '') return false;
  if (op === 'present') return true;
  return op === 'equals' ? has === wanted : has.includes(wanted);
}
