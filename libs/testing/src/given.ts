/// <reference types="jest" />
import { fold, DomainError, type Decider } from '@overture/kernel';

/** What a command leads to; each assertion says what was expected when it fails. */
export interface Decided<Event> {
  /** Exactly these events, in this order. */
  then(...expected: readonly Event[]): void;
  thenNothing(): void;
  thenRefused(code: string): void;
}

export interface Given<Command, Event> {
  when(command: Command): Decided<Event>;
}

/** `given(...history).when(command).then(...events)`: a decider told as its users would tell it. */
export function specification<State, Command, Event>(
  decider: Decider<State, Command, Event>,
): {
  given(...history: readonly Event[]): Given<Command, Event>;
} {
  return {
    given: (...history) => ({
      when: (command) => decided(() => decider.decide(command, fold(decider, history))),
    }),
  };
}

function decided<Event>(decide: () => readonly Event[]): Decided<Event> {
  return {
    then: (...expected) => expect(decide()).toEqual(expected),
    thenNothing: () => expect(decide()).toEqual([]),
    thenRefused: (code) => expect(refusalOf(decide)).toBe(code),
  };
}

function refusalOf(decide: () => readonly unknown[]): string {
  try {
    return `not refused; it decided ${JSON.stringify(decide())}`;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
