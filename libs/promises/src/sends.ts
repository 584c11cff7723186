import { msBetween } from '@overture/kernel';
import {
  actionIdIn,
  describeEffect,
  effectsOf,
  enrollmentOf,
  stepOf,
  stepsOf,
  type Broken,
  type Effect,
  type History,
  type HistoryEvent,
  type Log,
} from './log.js';

/** I1: a step of a lead has at most one effect. */
export function atMostOnce(log: Log): Broken[] {
  const firsts = new Map<string, Effect>();
  const steps = stepsOf(log);
  return effectsOf(log).flatMap((effect) => {
    const step = steps.get(effect.actionId) ?? stepOf(effect.actionId);
    const first = firsts.get(step);
    if (first === undefined) firsts.set(step, effect);
    return first === undefined ? [] : [broken('I1', `${describeEffect(effect)} again`)];
  });
}

/** Every effect belongs to somebody we know: nobody is contacted by accident. */
export function ofOurs(log: Log): Broken[] {
  const known = new Set(log.histories.map(({ enrollmentId }) => enrollmentId));
  return effectsOf(log)
    .filter(({ actionId }) => !known.has(enrollmentOf(actionId)))
    .map((effect) => broken('P4', `${describeEffect(effect)} of no enrollment`));
}

/** P4: nothing happens that was not written down before, with the text that was written down (I11). */
export function asIntended(log: Log): Broken[] {
  const intents = intentsOf(log.histories);
  return effectsOf(log).flatMap((effect) => {
    const intent = intents.get(effect.actionId)?.findLast(({ at }) => at <= effect.at);
    if (intent === undefined) return [broken('P4', `${describeEffect(effect)} without an intent`)];
    return [...hasOtherText(effect, intent), ...isUnsynced(effect, intent, log.rules)];
  });
}

function hasOtherText(effect: Effect, { data }: HistoryEvent): Broken[] {
  const { kind, text = '', textSha256 } = effect;
  if (kind === 'visit') return [];
  const same = textSha256 === undefined || textSha256 === data['textSha256'];
  return same && !text.includes('{') ? [] : [broken('I11', `${describeEffect(effect)}: "${text}"`)];
}

/** I5: each send follows a look into the conversation. */
function isUnsynced(effect: Effect, { data }: HistoryEvent, { syncAgeMsMax }: Log['rules']) {
  const syncedAt = data['syncedAt'] as Effect['at'];
  const ageMs = msBetween(syncedAt, effect.at);
  const fresh = ageMs >= 0 && ageMs <= syncAgeMsMax;
  return fresh ? [] : [broken('I5', `${describeEffect(effect)}, last seen at ${syncedAt}`)];
}

/** I10: what the product counts as sent was sent, and what was sent is counted, or known to be unclear. */
export function asRecorded(log: Log): Broken[] {
  const effects = effectsOf(log);
  const happened = new Set(effects.map(({ actionId }) => actionId));
  const outcomes = log.histories.flatMap(outcomesOf);
  const known = new Set(outcomes.map(({ actionId }) => actionId));
  const unknown = effects.filter(({ actionId }) => !known.has(actionId));
  const imagined = outcomes.filter(
    ({ actionId, mayLeaveNoTrace }) => !mayLeaveNoTrace && !happened.has(actionId),
  );
  return [
    ...unknown.map((effect) => broken('I10', `${describeEffect(effect)} is not recorded`)),
    ...imagined.map(({ actionId }) => broken('I10', `${actionId} counts as sent and was not`)),
  ];
}

interface Outcome {
  readonly actionId: string;
  readonly mayLeaveNoTrace: boolean;
}

function outcomesOf({ events }: History): Outcome[] {
  return events.flatMap((event): Outcome[] => {
    const actionId = actionIdIn(event);
    // A visit of unclear outcome counts as made, for nothing can be read back.
    const unprovable = event.data['kind'] === 'visit' && event.data['readBack'] === true;
    if (event.type === 'ActionSucceeded') return [{ actionId, mayLeaveNoTrace: unprovable }];
    return event.type === 'EnrollmentHalted' ? [{ actionId, mayLeaveNoTrace: true }] : [];
  });
}

function intentsOf(histories: readonly History[]): Map<string, HistoryEvent[]> {
  const intents = new Map<string, HistoryEvent[]>();
  for (const event of histories.flatMap(({ events }) => events)) {
    if (event.type !== 'ActionIntended') continue;
    const actionId = actionIdIn(event);
    intents.set(actionId, [...(intents.get(actionId) ?? []), event]);
  }
  return intents;
}

function broken(promise: string, found: string): Broken {
  return { promise, found };
}
