import type { Instant } from '@overture/kernel';
import type { RuleName } from '@overture/policy';

/** Why an action has not gone: a rule of the policy, its lead, or those before it. */
export type Because = RuleName | 'in_line' | 'paused_lead';

export interface Hindrance {
  readonly because: Because;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** When that reason is gone; absent: only an event can end it. */
  readonly until?: Instant | undefined;
}

/** What would have to change for the action to go, for the person who runs the campaign. One sentence (F140). */
export function whatWouldChange({ because, inputs, until }: Hindrance): string {
  const value = (name: string) => wordOf(inputs[name]);
  return sentences[because](value, until ?? 'an unknown time');
}

function wordOf(input: unknown): string {
  return typeof input === 'string' || typeof input === 'number' ? `${input}` : '';
}

type Sentence = (value: (name: string) => string, until: string) => string;

const sentences: Readonly<Record<Because, Sentence>> = {
  workspace_gate: (value) => `The workspace has to be opened again; it is shut: ${value('cause')}.`,
  campaign_gate: (value) => campaignGate(value('cause')),
  identity_gate: (value) => identityGate(value('cause')),
  breaker: (value, until) =>
    `The account has to rest until ${until}, because of ${value('cause').replaceAll('_', ' ')}; then one action tries again.`,
  provider_hold: (value, until) =>
    `The provider asked to wait until ${until} (${value('cause')}); nothing of this kind goes before.`,
  not_before: (_, until) => `Its delay has to pass: it is due at ${until}.`,
  window: (value, until) =>
    `The campaign's hours have to open in ${value('zone')}: next at ${until}, or earlier with other hours.`,
  holiday: (value, until) =>
    `The days off in ${value('region')} have to be over: at ${until}, or at once if the campaign works on holidays.`,
  identity_window: (value, until) =>
    `The identity's own hours have to open in ${value('zone')}: next at ${until}.`,
  in_flight: () => 'The outcome of the action this identity is performing has to be known.',
  spacing: (_, until) => `The pause after the identity's last action has to end: at ${until}.`,
  spacing_of_kind: (_, until) => `The pause between two of its kind has to end: at ${until}.`,
  spacing_of_first_touch: (_, until) =>
    `The pause between two first contacts has to end: at ${until}.`,
  cap_24h: (value, until) =>
    `A place has to get free under the cap of ${value('cap')} in 24 hours (set by ${setBy(value)}): at ${until}, or the cap has to be raised.`,
  cap_7d: (value, until) =>
    `A place has to get free under the cap of ${value('cap')} in 7 days (set by ${setBy(value)}): at ${until}, or the cap has to be raised.`,
  cap_day: (value, until) =>
    `The next day has to begin, because ${value('cap')} a day are used up: at ${until}, or the cap has to be raised.`,
  pending_invitations: (value) =>
    `Open invitations have to fall below ${value('max')} (now ${value('pending')}): by answers, or by withdrawing old ones.`,
  note_quota: (value, until) =>
    `A note of this month's ${value('quota') || 'quota'} has to get free: at ${until}, or its campaign has to let invitations go without one.`,
  inmail_credits: (_, until) => `InMail credits have to be renewed or bought: next at ${until}.`,
  company_cap: (value, until) =>
    `Fewer people of its company have to have been contacted: ${value('people')} of ${value('cap')} in ${value('days')} days, next at ${until}.`,
  in_line: (value, until) =>
    `Its turn has to come: ${value('ahead') || 'others'} of its queue are before it, and the identity acts next at ${until} at the earliest.`,
  paused_lead: () => 'The lead has to be resumed: somebody paused it.',
};

/** Who set a cap; of a ramp also which one. */
function setBy(value: (name: string) => string): string {
  const by = value('by') || 'profile';
  return by === 'ramp' ? `ramp: ${value('ramp').replaceAll('_', ' ')}` : by;
}

function campaignGate(cause: string): string {
  if (cause === 'not_launched') return 'The campaign has to be launched.';
  if (cause === 'archived') return 'Nothing can change it: the campaign is archived.';
  return `The campaign has to be resumed; it is paused: ${cause || 'by hand'}.`;
}

function identityGate(cause: string): string {
  if (cause === 'auth_expired') return 'The identity has to log in to LinkedIn again.';
  if (cause === 'identity_unknown') return 'The identity has to be added.';
  return `The identity has to be resumed; it is paused: ${cause}.`;
}
