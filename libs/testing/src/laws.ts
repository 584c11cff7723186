/// <reference types="jest" />
import { isDeepStrictEqual } from 'node:util';
import { fold, DomainError, type Decider } from '@overture/kernel';
import fc from 'fast-check';

export interface LawsOptions<Command, Event> {
  /** Commands as they may come: twice, late, in any order. */
  readonly stories: fc.Arbitrary<readonly Command[]>;
  /** Events that may stand in a stream, in any order. */
  readonly events: fc.Arbitrary<Event>;
  readonly runs?: number;
  /** Fixed, so that a failure repeats; the failing run prints it with the smallest counterexample. */
  readonly seed?: number;
}

const eventsMax = 40;
const defaults = { runs: 300, seed: 20_260_301 };

/** The laws every decider keeps: a suite of its own, to be called inside a `describe`. */
export function keepsTheLaws<State, Command, Event>(
  decider: Decider<State, Command, Event>,
  options: LawsOptions<Command, Event>,
): void {
  const { stories, events, runs: numRuns, seed } = { ...defaults, ...options };
  const parameters = { numRuns, seed };

  it('decides nothing the second time', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(decider, story, (command, state) => {
          same(attempt(decider, command, state), { events: [] });
        });
      }),
      parameters,
    );
  });

  it('decides the same for the same state, and changes neither', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(decider, story, (command, state) => {
          const frozen = deepFreeze(state);
          same(attempt(decider, command, frozen), attempt(decider, command, frozen));
        });
      }),
      parameters,
    );
  });

  it('evolves from any event in any state without a throw', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: eventsMax }), (history) => {
        fold(decider, history.map(deepFreeze));
      }),
      parameters,
    );
  });

  it('has events that survive their codec', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const event of play(decider, story)) same(throughJson(event), event);
      }),
      parameters,
    );
  });
}

/** Runs commands one after the other, as one stream would see them; refusals change nothing. */
export function play<State, Command, Event>(
  decider: Decider<State, Command, Event>,
  commands: readonly Command[],
  after: (command: Command, state: State) => void = () => undefined,
): Event[] {
  const history: Event[] = [];
  let state = decider.initialState;
  for (const command of commands) {
    const { events } = attempt(decider, command, state);
    if (events === undefined) continue;
    history.push(...events);
    state = events.reduce(decider.evolve, state);
    after(command, state);
  }
  return history;
}

interface Attempt<Event> {
  readonly events?: readonly Event[];
  readonly refused?: string;
}

function attempt<State, Command, Event>(
  decider: Decider<State, Command, Event>,
  command: Command,
  state: State,
): Attempt<Event> {
  try {
    return { events: decider.decide(command, state) };
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
}

/** Asked a hundred thousand times: jest's own comparison only tells what was wrong. */
function same<Value>(found: Value, expected: Value): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
