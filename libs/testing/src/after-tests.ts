type Work = () => Promise<void>;

const pending: Work[] = [];

// jest takes hooks only while it loads a test file, so this one waits there for what the tests will start.
(globalThis as { afterAll?: (work: Work) => void }).afterAll?.(async () => {
  for (const work of pending.splice(0).reverse()) await work();
});

/** Runs the work when the tests of this file are over; outside jest (in a benchmark) it never runs. */
export function afterTests(work: Work): void {
  pending.push(work);
}
