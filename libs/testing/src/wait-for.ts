import { setTimeout as sleep } from 'node:timers/promises';

interface Patience {
  /** What is waited for, for the error's text. */
  readonly what?: string;
  /** When to give up; a slow or loaded machine is no reason to. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Waits until the condition gives a value, and gives it back; says what it waited for when it never does. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  patience: Patience = {},
): Promise<NonNullable<T>> {
  const { what, timeoutMs, everyMs } = { ...defaultPatience, ...patience };
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (isThere(value)) return value;
    if (performance.now() > deadline) {
      const last = JSON.stringify(value) ?? 'undefined';
      throw new Error(`Still waiting for ${what} after ${timeoutMs} ms; last value: ${last}.`);
    }
    await sleep(everyMs);
  }
}

const defaultPatience = { what: 'the condition', timeoutMs: 120_000, everyMs: 10 };

function isThere<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null && value !== false;
}
