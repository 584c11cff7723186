import { medianOf } from './statistics.js';

export const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

/** What one contestant does once in every round. */
export interface Turn<Figures> {
  readonly name: string;
  run(round: number): Promise<Figures>;
}

/**
 * Lets all take turns in every round, so that a slow minute of the machine hits all of them, and gives the medians by
 * name. A round 0 comes first and does not count: it warms up plans, caches and files.
 */
export async function takeTurns<Figures extends { readonly [Name in keyof Figures]: number }>(
  turns: readonly Turn<Figures>[],
): Promise<Map<string, Figures>> {
  const samples = new Map<string, Figures[]>(turns.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of turns) {
      const figures = await run(round);
      if (round > 0) samples.get(name)?.push(figures);
    }
    console.log(`round ${round} of ${rounds}`);
  }
  return new Map([...samples].map(([name, all]) => [name, medianOf(all)]));
}
