import { dayMs, hourMs, minuteMs, seededBetween, seededFraction } from '@overture/kernel';
import type { Knobs, Range } from './knobs.js';

/** What one person will do, fixed by the seed and the person; `null` means never. */
export interface Habits {
  readonly timeZone: string;
  readonly wakesAtHour: number;
  readonly sleepsAtHour: number;
  readonly gone: boolean;
  readonly messagingDisabled: boolean;
  readonly outOfNetwork: boolean;
  /** Was a first-degree connection before anyone sent anything. */
  readonly connectedAlready: boolean;
  readonly acceptAfterMs: number | null;
  readonly replyAfterMs: number | null;
  /** What is answered: the invitation's note, or the n-th message. */
  readonly replyTo: 'note' | number;
  readonly replyText: string | null;
  readonly writesFirstAfterMs: number | null;
  /** Counted from the moment the world first heard of the person. */
  readonly renamesAfterMs: number | null;
  /** To another company, counted likewise. */
  readonly movesAfterMs: number | null;
}

export type HabitOverrides = Partial<Habits>;

/** The habits of a person: a pure function of seed, person and knobs, save what a test has fixed. */
export function habitsOf(
  world: { readonly seed: string; readonly knobs: Knobs },
  personKey: string,
  fixed: HabitOverrides = {},
): Habits {
  const dice = new Dice(`${world.seed}|${personKey}`);
  const drawn = draw(dice, world.knobs);
  return { ...drawn, ...exactly(fixed), ...fixed };
}

function draw(dice: Dice, knobs: Knobs): Habits {
  const [wakesAtHour, sleepsAtHour] = knobs.wakingHours;
  const answersNote = dice.holds('reply-to-note', knobs.noteReplyShare);
  const answers = answersNote || dice.holds('reply', knobs.replyShare);
  const hours = (what: string, range: Range) => dice.ms(what, range, hourMs);
  return {
    timeZone: dice.pick('time-zone', knobs.timeZones) ?? 'UTC',
    wakesAtHour,
    sleepsAtHour,
    gone: dice.holds('gone', knobs.goneShare),
    messagingDisabled: dice.holds('messaging-disabled', knobs.messagingDisabledShare),
    outOfNetwork: dice.holds('out-of-network', knobs.outOfNetworkShare),
    connectedAlready: dice.holds('connected', knobs.connectedShare),
    acceptAfterMs: drawAcceptance(dice, knobs),
    replyAfterMs: answers ? hours('reply-after', knobs.replyAfterHours) : null,
    replyTo: answersNote ? 'note' : dice.between('reply-to', knobs.replyToMessage),
    replyText: null,
    writesFirstAfterMs: dice.holds('writes-first', knobs.writesFirstShare)
      ? hours('writes-first-after', knobs.writesFirstAfterHours)
      : null,
    renamesAfterMs: dice.holds('renamed', knobs.renamedShare)
      ? dice.ms('renames-after', knobs.renamesAfterDays, dayMs)
      : null,
    movesAfterMs: dice.holds('moved', knobs.movedShare)
      ? dice.ms('moves-after', knobs.movesAfterDays, dayMs)
      : null,
  };
}

function drawAcceptance(dice: Dice, knobs: Knobs): number | null {
  if (dice.holds('accept-late', knobs.lateAcceptShare)) {
    return dice.ms('accept-late-after', knobs.lateAcceptAfterDays, dayMs);
  }
  return dice.holds('accept', knobs.acceptShare)
    ? dice.ms('accept-after', knobs.acceptAfterHours, hourMs)
    : null;
}

/** A test that fixes a delay means it: the person is awake round the clock and answers the first message. */
function exactly(fixed: HabitOverrides): HabitOverrides {
  const timed =
    'acceptAfterMs' in fixed || 'replyAfterMs' in fixed || 'writesFirstAfterMs' in fixed;
  const awake = timed ? { wakesAtHour: 0, sleepsAtHour: 24 } : {};
  return 'replyAfterMs' in fixed ? { ...awake, replyTo: 1 } : awake;
}

class Dice {
  constructor(private readonly seed: string) {}

  holds(what: string, share: number): boolean {
    return seededFraction(`${this.seed}|${what}`) < share;
  }

  between(what: string, [min, max]: Range): number {
    return seededBetween(`${this.seed}|${what}`, min, max);
  }

  /** To the minute, so that no two habits look like a timetable. */
  ms(what: string, [min, max]: Range, unitMs: number): number {
    const minutes = unitMs / minuteMs;
    return this.between(what, [min * minutes, max * minutes]) * minuteMs;
  }

  pick<T>(what: string, items: readonly T[]): T | undefined {
    return items[this.between(what, [0, Math.max(0, items.length - 1)])];
  }
}
