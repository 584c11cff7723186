import { ActionKind, CampaignType } from '@overture/contracts';
import { InvalidInputError } from '@overture/kernel';
import type { CampaignType as DomainType, StepKind } from '@overture/domain-campaign';

const kinds: Readonly<Record<StepKind, ActionKind>> = {
  visit: ActionKind.VISIT,
  connect: ActionKind.CONNECT,
  message: ActionKind.MESSAGE,
  withdraw: ActionKind.WITHDRAW,
  inmail: ActionKind.INMAIL,
  comment: ActionKind.COMMENT,
  task: ActionKind.TASK,
  wait: ActionKind.WAIT,
  branch: ActionKind.BRANCH,
};

const types: Readonly<Record<DomainType, CampaignType>> = {
  connector: CampaignType.CONNECTOR,
  messenger: CampaignType.MESSENGER,
};

export const kindMessage = (kind: StepKind): ActionKind => kinds[kind];

export const typeMessage = (type: DomainType): CampaignType => types[type];

export function kindOf(message: ActionKind, path: string): StepKind {
  return known(kinds, message, path);
}

/** Empty for a type that was not given: the decision refuses it in the words of its rule (S2-10). */
export function typeOf(message: CampaignType): string {
  return Object.entries(types).find(([, value]) => value === message)?.[0] ?? '';
}

function known<Name extends string>(
  names: Readonly<Record<Name, number>>,
  message: number,
  path: string,
): Name {
  const name = (Object.keys(names) as Name[]).find((each) => names[each] === message);
  if (name !== undefined) return name;
  const expected = Object.keys(names).join(', ');
  throw new InvalidInputError([{ path, message: `Expected one of ${expected}.` }]);
}
