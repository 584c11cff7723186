/** Runs one slow part, says that it began and, when it is over, how many seconds it took. */
export async function step(title, work) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const ticker = setInterval(() => console.log(`  … ${title} (${seconds()} s)`), 10_000);
  ticker.unref();
  try {
    const result = await work();
    console.log(`  ${title}: ${seconds()} s`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
