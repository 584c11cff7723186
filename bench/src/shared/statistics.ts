export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The median of each figure by itself. */
export function medianOf<T extends { readonly [Figure in keyof T]: number }>(
  samples: readonly T[],
): T {
  const names = Object.keys(samples[0] ?? {}) as (keyof T)[];
  const medians = names.map((name) => {
    const all = samples.map((sample) => sample[name]);
    return [name, quantile(all, 0.5)];
  });
  return Object.fromEntries(medians) as T;
}
