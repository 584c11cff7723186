import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ReadBudgetSchema,
  ReadProfileResponseSchema,
  SearchPeopleResponseSchema,
  SeenProfileSchema,
} from '@overture/contracts';
import type { LookUp } from '../app/look-up.js';
import type { SeenPage, SeenProfile } from '../app/ports.js';
import type { ReadBudget } from '../app/read-budgets.js';

export function searchMessage(
  asked: LookUp<SeenPage>,
): MessageInitShape<typeof SearchPeopleResponseSchema> {
  if (asked.outcome !== 'read') return asked;
  const { outcome, nextAt, found } = asked;
  const { people, nextCursor } = found;
  return { outcome, nextAt, nextCursor, people: people.map(profileMessage) };
}

export function readMessage(
  asked: LookUp<SeenProfile>,
): MessageInitShape<typeof ReadProfileResponseSchema> {
  if (asked.outcome !== 'read') return asked;
  const { outcome, nextAt, found } = asked;
  return { outcome, nextAt, profile: profileMessage(found), counted: true };
}

export function profileMessage({
  fingerprints,
  ...shown
}: SeenProfile): MessageInitShape<typeof SeenProfileSchema> {
  return { ...shown, fingerprints: [...fingerprints] };
}

export function budgetMessage({
  freeAt,
  ...budget
}: ReadBudget): MessageInitShape<typeof ReadBudgetSchema> {
  return freeAt === undefined ? budget : { ...budget, freeAt };
}
