/** Why a lead was stopped when somebody of the same company answered (F034). */
export const colleagueRepliedCause = 'colleague_replied';
