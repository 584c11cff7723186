import type { Instant } from '@overture/kernel';
import type { StopEnrollment } from './commands.js';

/** Why a lead was stopped when somebody of the same company answered (F034). */
export const colleagueRepliedCause = 'colleague_replied';

/** Stops somebody because this lead of the same company has answered. */
export function stopForColleague(
  colleagueLeadId: string,
  companyKey: string,
  at: Instant,
): StopEnrollment {
  return {
    type: 'StopEnrollment',
    data: { cause: colleagueRepliedCause, colleagueLeadId, companyKey, at },
  };
}
