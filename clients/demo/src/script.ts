import type { OvertureApi } from './overture-api.js';
import type { DayOff } from './places.js';
import { people } from './people.js';
import type { Stage } from './stage.js';
import { reviewDrafts, type Review } from './team.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const messageAction = 'linkedin-message-profile';

/** How long the demo plays. */
export const playedMs = 35 * dayMs;

/** Whoever plays a scene: the product's own API, and the world behind it. */
export interface Players {
  readonly api: OvertureApi;
  readonly stage: Stage;
}

export interface Scene {
  readonly name: string;
  readonly afterMs: number;
  /** Gives back what a person who watches should know; empty: nothing. */
  play(players: Players): Promise<string>;
}

/** What people do and what goes wrong on the way, as in real life, in the order it happens. */
export function scriptFor({ startedAt, dayOff }: Plot): readonly Scene[] {
  const scenes = [...mishaps, ...reviews(startedAt), ...holiday(startedAt, dayOff)];
  return scenes.sort((a, b) => a.afterMs - b.afterMs);
}

export interface Plot {
  readonly startedAt: string;
  readonly dayOff?: DayOff;
}

const mishaps: readonly Scene[] = [
  {
    name: 'lost-answers',
    afterMs: 4 * dayMs,
    play: async ({ stage }) => {
      await stage.post('faults', { kind: 'error-after', action: messageAction, count: 2 });
      return 'Two answers of LinkedIn get lost: the sends are read back, not repeated.';
    },
  },
  {
    name: 'login-expires',
    afterMs: 11 * dayMs + 10 * hourMs,
    play: async ({ stage }) => {
      await stage.post('faults', { kind: 'expire-login', identityUid: people.tomas.uid });
      return "Tomas's LinkedIn login expires: his leads pause where they stand.";
    },
  },
  {
    name: 'login-returns',
    afterMs: 13 * dayMs + 8 * hourMs,
    play: async ({ stage }) => {
      await stage.post(`identities/${people.tomas.uid}/login`, {});
      return 'Tomas logs in again: the same leads go on, paced.';
    },
  },
  {
    name: 'busy',
    afterMs: 18 * dayMs + 9 * hourMs,
    play: async ({ stage }) => {
      await stage.post('faults', { kind: 'throttle', count: 3, retryAfterSeconds: 1800 });
      return 'LinkedIn is busy: three calls are told to come back later.';
    },
  },
];

const reviewTimes = [5, 7, 9, 12, 15, 19].map((days) => days * dayMs + 9 * hourMs);

/** A colleague looks at the drafts every few days. */
function reviews(startedAt: string): Scene[] {
  return reviewTimes.map((afterMs, index) => {
    const last = reviewTimes[index - 1];
    const lastLook = last === undefined ? undefined : new Date(Date.parse(startedAt) + last);
    return {
      name: `review-${index + 1}`,
      afterMs,
      play: async ({ api }) => tell(await reviewDrafts(api, { lastLook })),
    };
  });
}

function tell({ approved, edited, skipped, left }: Review): string {
  if (approved + edited + skipped === 0) return '';
  const parts = [
    `${approved} approved`,
    ...(edited > 0 ? [`${edited} reworded`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(left > 0 ? [`${left} left alone`] : []),
  ];
  return `A colleague reads the drafts: ${parts.join(', ')}.`;
}

function holiday(startedAt: string, dayOff: DayOff | undefined): Scene[] {
  if (dayOff === undefined) return [];
  const { date, name, zone } = dayOff;
  const afterMs = Date.parse(`${date}T00:00:00Z`) - Date.parse(startedAt);
  const says = `${date} is ${name} in ${zone}: who lives there hears nothing on that day.`;
  return [{ name: 'holiday', afterMs, play: () => Promise.resolve(says) }];
}
