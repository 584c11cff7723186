/** A share, and how sure it is: with few trials the interval is wide (F067, F123). */
export interface Rate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

// 95 %: of twenty such intervals nineteen hold the true share.
const z = 1.959_963_984_540_054;

/**
 * The score interval of Wilson: unlike the textbook one it never leaves [0, 1] and stays honest with three leads, which is
 * when people are most tempted to call a winner. Of nobody nothing is known: 0 to 1.
 */
export function wilson(hits: number, trials: number): Rate {
  if (trials === 0) return { rate: 0, low: 0, high: 1 };
  const share = hits / trials;
  const spread = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const centre = share + z ** 2 / (2 * trials);
  const scale = 1 + z ** 2 / trials;
  return {
    rate: rounded(share),
    low: rounded(Math.max(0, (centre - spread) / scale)),
    high: rounded(Math.min(1, (centre + spread) / scale)),
  };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
