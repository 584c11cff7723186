// Overlapping pages show a person twice, and one statement may touch a row only once.
export function onePerName<T extends { readonly names: readonly string[] }>(
  seen: readonly T[],
): [string, T][] {
  const byName = new Map<string, T>();
  for (const each of seen) {
    for (const name of each.names) if (!byName.has(name)) byName.set(name, each);
  }
  return [...byName];
}
