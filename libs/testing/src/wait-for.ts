import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition gives a value, and gives it back; says what it waited for when it never does. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what = 'the condition', timeoutMs = 10_000, everyMs = 10 } = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > deadline) {
      throw new Error(`Still waiting for ${what} after ${timeoutMs} ms; last value: ${value}.`);
    }
    await sleep(everyMs);
  }
}
