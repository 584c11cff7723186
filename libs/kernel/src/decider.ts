/**
 * The shape of every aggregate. `decide` answers with events, with none when it is already so, or throws a
 * DomainError. `evolve` tracks facts: it never throws, never logs, never reads a clock.
 */
export interface Decider<State, Command, Event> {
  readonly initialState: State;
  decide(command: Command, state: State): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** Folds a history into the state it leaves behind. */
export function fold<State, Event>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  events: Iterable<Event>,
): State {
  let state = decider.initialState;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
