import { BadRequestException } from '@nestjs/common';
import type { Json } from '../app/answer.js';
import type { HabitOverrides } from '../world/habits.js';

const known = [
  'timeZone',
  'wakesAtHour',
  'sleepsAtHour',
  'gone',
  'messagingDisabled',
  'outOfNetwork',
  'connectedAlready',
  'acceptAfterMs',
  'replyAfterMs',
  'replyTo',
  'replyText',
  'writesFirstAfterMs',
  'renamesAfterMs',
  'movesAfterMs',
] as const satisfies readonly (keyof HabitOverrides)[];

/** Habits as a test fixes them; `neverAccepts` and `neverReplies` are the readable way to say `null`. */
export function readHabits(given: Json): HabitOverrides {
  const { neverAccepts, neverReplies, ...rest } = given;
  const unknown = Object.keys(rest).find((key) => !known.some((name) => name === key));
  if (unknown !== undefined) {
    throw new BadRequestException(`"${unknown}" is no habit; known: ${known.join(', ')}.`);
  }
  return {
    ...(rest as HabitOverrides),
    ...(neverAccepts === true ? { acceptAfterMs: null } : {}),
    ...(neverReplies === true ? { replyAfterMs: null, writesFirstAfterMs: null } : {}),
  };
}
