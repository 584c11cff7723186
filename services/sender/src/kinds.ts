import { ActionKind } from '@overture/contracts';
import type { AttemptRef } from '@overture/domain-sender';

type Kind = AttemptRef['kind'];

const toContract: Record<Kind, ActionKind> = {
  visit: ActionKind.VISIT,
  connect: ActionKind.CONNECT,
  message: ActionKind.MESSAGE,
  withdraw: ActionKind.WITHDRAW,
  inmail: ActionKind.INMAIL,
  comment: ActionKind.COMMENT,
};
const fromContract = new Map(
  Object.entries(toContract).map(([kind, value]) => [value, kind as Kind]),
);

export function kindToContract(kind: Kind): ActionKind {
  return toContract[kind];
}

/** Refuses a kind this release cannot perform. */
export function kindFromContract(kind: ActionKind): Kind {
  const known = fromContract.get(kind);
  if (!known)
    throw new Error(`Expected a kind of action this sender performs, found ${ActionKind[kind]}.`);
  return known;
}
