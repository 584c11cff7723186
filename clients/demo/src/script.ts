import { people } from './seed.js';
import type { Stage } from './stage.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const messageAction = 'linkedin-message-profile';

/** How long the demo plays. */
export const playedMs = 35 * dayMs;

export interface Scene {
  readonly name: string;
  readonly afterMs: number;
  readonly say: string;
  play(stage: Stage): Promise<unknown>;
}

/** What goes wrong on the way, as it does in real life. */
export const script: readonly Scene[] = [
  {
    name: 'lost-answers',
    afterMs: 4 * dayMs,
    say: 'Two answers of LinkedIn get lost: the sends are read back, not repeated.',
    play: (stage) => stage.post('faults', { kind: 'error-after', action: messageAction, count: 2 }),
  },
  {
    name: 'login-expires',
    afterMs: 11 * dayMs + 10 * hourMs,
    say: "Tomas's LinkedIn login expires: his leads pause where they stand.",
    play: (stage) => stage.post('faults', { kind: 'expire-login', identityUid: people.tomas.uid }),
  },
  {
    name: 'login-returns',
    afterMs: 13 * dayMs + 8 * hourMs,
    say: 'Tomas logs in again: the same leads go on, paced.',
    play: (stage) => stage.post(`identities/${people.tomas.uid}/login`, {}),
  },
  {
    name: 'busy',
    afterMs: 18 * dayMs + 9 * hourMs,
    say: 'LinkedIn is busy: three calls are told to come back later.',
    play: (stage) => stage.post('faults', { kind: 'throttle', count: 3, retryAfterSeconds: 1800 }),
  },
];
