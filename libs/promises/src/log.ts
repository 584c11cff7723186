import type { Instant } from '@overture/kernel';
import type { ActionKind, LimitProfile, RegionDays, Schedule } from '@overture/policy';

/** What truly happened on LinkedIn, in its own order: the oracle. */
export interface Happening {
  readonly at: Instant;
  readonly kind: ActionKind | 'accept' | 'reply';
  readonly account: string;
  readonly person: string;
  /** What a person wrote, or we did. */
  readonly text?: string;
  readonly textSha256?: string;
  /** The action behind an effect of ours. */
  readonly actionId?: string;
}

export interface Effect extends Happening {
  readonly kind: ActionKind;
  readonly actionId: string;
}

/** One enrollment as the product tells it: where it stands, and everything that led there. */
export interface History {
  readonly enrollmentId: string;
  readonly status: string;
  readonly reason: string;
  readonly nextActionAt?: Instant;
  /** Of the lead; empty: unknown. */
  readonly zone: string;
  readonly schedule: Schedule;
  /** Of the lead's region, where the campaign does not work on them. */
  readonly daysOff?: RegionDays;
  /** In stream order. */
  readonly events: readonly HistoryEvent[];
}

export interface HistoryEvent {
  readonly eventId: string;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One webhook as the partner received it, in the order of arrival. */
export interface Delivery {
  readonly eventId: string;
  readonly enrollmentId: string;
  readonly sequence: number;
}

export interface Rules {
  readonly limits: LimitProfile;
  /** How old the last look into a conversation may be when something is sent. */
  readonly syncAgeMsMax: number;
  /** The types of events that the partner asked for. */
  readonly partnerTypes: ReadonlySet<string>;
}

/** Everything that was tried for one action, in stream order. */
export interface TriesOfAction {
  readonly actionId: string;
  readonly events: readonly HistoryEvent[];
}

/** A text that waits for its approval, and until when it may go out. */
export interface Draft {
  readonly actionId: string;
  readonly expiresAt: Instant;
}

/** What an account is held to beside what holds for all. */
export interface Account {
  readonly zone: string;
  /** Its own working hours, in its zone. */
  readonly hours?: Schedule;
  readonly daysOff?: RegionDays;
  /** The effective limits of that time; absent: those of the rules. */
  readonly limitsAt?: (at: Instant) => LimitProfile;
}

/** Everything the promises are held against. */
export interface Log {
  readonly happenings: readonly Happening[];
  readonly histories: readonly History[];
  readonly deliveries: readonly Delivery[];
  /** Who was connected before anything happened, as `pairOf` names it. */
  readonly connectedBefore: ReadonlySet<string>;
  readonly rules: Rules;
  readonly accounts?: ReadonlyMap<string, Account>;
  readonly tries?: readonly TriesOfAction[];
  readonly drafts?: readonly Draft[];
}

export interface Broken {
  /** The invariant's number. */
  readonly promise: string;
  readonly found: string;
}

export function pairOf({ account, person }: { account: string; person: string }): string {
  return `${account} ${person}`;
}

export function effectsOf({ happenings }: Log): Effect[] {
  return happenings.filter((each): each is Effect => each.actionId !== undefined);
}

/** `<enrollment>.<step>.<occurrence>`: an occurrence is another try of the same step. */
export function enrollmentOf(actionId: string): string {
  return actionId.slice(0, actionId.indexOf('.'));
}

export function stepOf(actionId: string): string {
  return actionId.slice(0, actionId.lastIndexOf('.'));
}

/** Which step each action is of, by the step's own name: its place may be another step's in another version. */
export function stepsOf({ histories }: Log): ReadonlyMap<string, string> {
  const planned = histories.flatMap(({ events }) => events.filter(({ type }) => plans.has(type)));
  return new Map(
    planned.map((event) => {
      const { stepId, step } = event.data;
      const actionId = actionIdIn(event);
      const name = typeof stepId === 'string' ? stepId : `s${Number(step) + 1}`;
      return [
        actionId,
        step === undefined ? stepOf(actionId) : `${enrollmentOf(actionId)} ${name}`,
      ];
    }),
  );
}

const plans = new Set(['ActionPlanned', 'DraftOpened']);

export function actionIdIn({ data }: HistoryEvent): string {
  return String(data['actionId']);
}

export function describeEffect({ kind, actionId, at, person }: Effect): string {
  return `${kind} to ${person} at ${at} (${actionId})`;
}
