import type { ClockReport } from './protocol.js';

interface Lag {
  readonly service: string;
  readonly partition: number;
  readonly sequence: number;
  readonly settled: number;
}

/** Nobody works, and every follower has settled the last event published to each partition. */
export function isQuiet(reports: readonly ClockReport[]): boolean {
  return reports.every(({ busy }) => busy === 0) && lagsOf(reports).length === 0;
}

/** For people: what keeps time from moving. */
export function whyNotQuiet(
  services: readonly string[],
  answers: readonly (ClockReport | undefined)[],
): string {
  const reports = answers.filter((answer) => answer !== undefined);
  const away = services.filter((_, index) => answers[index] === undefined);
  const working = reports.filter(({ busy }) => busy > 0);
  return [
    ...away.map((service) => `${service} does not answer`),
    ...working.map(({ service, busy }) => `${service} works on ${busy}`),
    ...lagsOf(reports).map(
      ({ service, partition, sequence, settled }) =>
        `${service} is at ${settled} of ${sequence} in partition ${partition}`,
    ),
  ].join('; ');
}

function lagsOf(reports: readonly ClockReport[]): Lag[] {
  const heads = new Map<number, number>();
  for (const { published } of reports) {
    for (const [partition, sequence] of Object.entries(published)) {
      heads.set(Number(partition), Math.max(heads.get(Number(partition)) ?? 0, sequence));
    }
  }
  return reports.flatMap(({ service, settled: own }) =>
    [...heads].flatMap(([partition, sequence]) => {
      const settled = own?.[partition] ?? 0;
      return own === undefined || settled >= sequence
        ? []
        : [{ service, partition, sequence, settled }];
    }),
  );
}
