/** What LinkedIn shows of an identity's allowances; what is absent is not known. */
export interface Allowances {
  /** Invitations that were sent and are still open. */
  pendingInvitations?: number;
  inmailCredits?: number;
  /** Personalised notes left this month. */
  notesLeft?: number;
}

export function sameAllowances(one: Allowances, other: Allowances): boolean {
  return (
    one.pendingInvitations === other.pendingInvitations &&
    one.inmailCredits === other.inmailCredits &&
    one.notesLeft === other.notesLeft
  );
}
