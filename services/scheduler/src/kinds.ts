import { ActionKind } from '@overture/contracts';
import { actionKinds, type ActionKind as Kind } from '@overture/policy';

const toContract: Record<Kind, ActionKind> = {
  visit: ActionKind.VISIT,
  connect: ActionKind.CONNECT,
  message: ActionKind.MESSAGE,
  withdraw: ActionKind.WITHDRAW,
  inmail: ActionKind.INMAIL,
  comment: ActionKind.COMMENT,
};
const fromContract = new Map(actionKinds.map((kind) => [toContract[kind], kind]));

export function kindToContract(kind: Kind): ActionKind {
  return toContract[kind];
}

/** Refuses a kind this release has no caps for. */
export function kindFromContract(kind: ActionKind): Kind {
  const known = fromContract.get(kind);
  if (known !== undefined) return known;
  throw new Error(`Expected a kind of action this scheduler knows, found ${ActionKind[kind]}.`);
}
