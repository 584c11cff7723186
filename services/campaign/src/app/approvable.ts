import { DomainError } from '@overture/kernel';
import {
  isUnfilled,
  refuseUnsendable,
  stepIdOf,
  type RenderedStep,
  type Step,
} from '@overture/domain-campaign';
import type { Tier } from '@overture/policy';
import type { DraftRow } from './draft-texts.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

/** What the words of a draft have to fit. */
export interface Room extends Pick<Step, 'longNote'> {
  readonly kind: string;
  readonly tier: Tier;
  /** Why its own words could not be made; empty: they could, or somebody wrote others. */
  readonly problem: string;
}

export async function roomOf(
  { intents }: Pick<Ports, 'intents'>,
  scope: Scope,
  { kind, stepId, enrollmentId, problem }: DraftRow,
): Promise<Room> {
  const { steps = [], tier = 'classic' } = (await intents.facts(scope, enrollmentId)) ?? {};
  const step = steps.find((_, index) => stepIdOf(steps, index) === stepId);
  return { kind, tier, problem, longNote: step?.longNote ?? false };
}

/** An approval sends exactly these words, so they are held to all that rendered ones are held to (F064, P05, I11). */
export function refuseUnapprovable(actionId: string, words: RenderedStep, room: Room): void {
  if (room.problem !== '') {
    const message = `This draft has no words yet, write them: ${room.problem}`;
    throw new DomainError('draft/unwritten', message, { actionId });
  }
  if ([words.text, words.subject, words.postUrl].some(isUnfilled)) {
    throw new DomainError('draft/unfilled', 'This draft still has a field in braces.', {
      actionId,
    });
  }
  refuseUnsendable(room, words, room.tier);
}
