import { plus } from '@overture/kernel';
import { attempt as decider } from './decide.js';
import type { AttemptEvent } from './events.js';
import { nextStep, readBackEveryMs, settleDelayMs } from './read-back.js';
import { attemptId, type Attempt } from './state.js';
import {
  start,
  later,
  claim,
  fact,
  reserved,
  started,
  unknown,
  released,
  looks,
} from '../../test/attempt-story.js';

describe('The next step', () => {
  const after = (...history: AttemptEvent[]): Attempt =>
    history.reduce(decider.evolve, decider.initialState);

  it('is the call, then the wait for its answer', () => {
    expect(nextStep(after())).toEqual({ do: 'wait', for: 'claim' });
    expect(nextStep(after(reserved))).toEqual({ do: 'call' });
    expect(nextStep(after(reserved, started))).toEqual({ do: 'wait', for: 'answer' });
  });

  it('reads back after the settle delay, then again, then concludes', () => {
    const state = after(reserved, started, unknown);
    expect(nextStep(state)).toEqual({ do: 'read_back', at: plus(start, settleDelayMs) });
    expect(nextStep(state, [later(1)])).toEqual({
      do: 'read_back',
      at: plus(start, settleDelayMs),
    });
    expect(nextStep(state, [later(5)])).toEqual({
      do: 'read_back',
      at: plus(later(5), readBackEveryMs),
    });
    expect(nextStep(state, looks)).toEqual({ do: 'find_absent' });
  });

  it('is nothing once it is settled', () => {
    expect(nextStep(after(reserved, released))).toEqual({ do: 'nothing' });
  });

  it('numbers the attempts at an action', () => {
    const state = after(reserved, released, fact('AttemptReserved', { attempt: claim(2) }));
    expect(state.status !== 'none' && attemptId(state)).toBe('e-1.0.0.2');
  });
});
