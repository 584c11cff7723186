/** What goes first when both wait: what was begun, or who is new (F020). */
export type First = 'follow_ups' | 'new_leads';

const followUp = 10;
const newLead = 20;

/** A queue's place in the line; lower goes first. Without a setting, what was begun is finished first. */
export function priorityOf(isNewLead: boolean, first: First = 'follow_ups'): number {
  return isNewLead === (first === 'follow_ups') ? newLead : followUp;
}
