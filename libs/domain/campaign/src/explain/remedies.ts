import { colleagueRepliedCause } from '../enrollment/colleagues.js';
import { invitationGone } from '../enrollment/unanswered.js';
import type { LeadRuleName } from './rules.js';

type Inputs = Readonly<Record<string, unknown>>;

/** What would have to change for the lead to go on, in a sentence for people. */
export function remedyOf(rule: LeadRuleName, inputs: Inputs): string {
  return remedies[rule](inputs);
}

const remedies: Readonly<Record<LeadRuleName, (inputs: Inputs) => string>> = {
  enrolled: () => 'Launch the campaign: nobody has looked at this lead yet.',
  not_ended: ({ status, because, reinviteLockedUntil }) =>
    because === invitationGone
      ? `Nothing: the invitation is not open any more, whoever withdrew or declined it. ${takesNewOne(reinviteLockedUntil)}`
      : afterEnd(plain(status), plain(because)),
  not_halted: ({ because }) =>
    `A person decides: retry the step, skip it, or stop the lead (${word(because)}).`,
  settled: ({ status }) =>
    status === 'unknown'
      ? 'Its outcome is unclear; it is read back from LinkedIn before anything else happens.'
      : 'A call is under way; its outcome moves the lead on.',
  not_paused: ({ pauses }) => `End every pause that holds it: ${causesOf(pauses)}.`,
  gates_open: ({ closed }) => `Open what is closed: ${gatesOf(closed)}.`,
  relation_checked: () =>
    'Its relation is read before the first step; that needs a connected identity.',
  deadline_passed: ({ waitsFor, dueAt }) =>
    waitsFor === 'wait'
      ? `Nothing: it waits until ${word(dueAt)}.`
      : `The lead accepts the invitation, or ${word(dueAt)} passes and the other way is taken.`,
  draft_approved: ({ expiresAt }) =>
    `Somebody approves, edits or skips the draft before ${word(expiresAt)}.`,
  task_done: () => 'Somebody does the task and ticks it off, or skips it.',
  planned: ({ notBefore, reinviteLockedUntil }) =>
    notBefore !== undefined && notBefore === reinviteLockedUntil
      ? `Nothing: an invitation to this lead was withdrawn lately. ${takesNewOne(notBefore)}`
      : 'Nothing: the step is planned, and goes when the rules of pacing allow it.',
};

function takesNewOne(from: unknown): string {
  return `LinkedIn takes a new one from ${word(from)}.`;
}

const endings: Readonly<Record<string, string>> = {
  replied: 'Nothing: the lead answered and a person goes on. A false reply can be corrected.',
  completed: 'Nothing: every step is done.',
  stopped: 'Nothing: it was stopped for good; add the lead to a campaign again to go on.',
  failed: 'Retry the step by hand once its cause is gone',
  skipped: 'Nothing in this campaign: it does not fit this lead',
  expired:
    'Nothing: nobody accepted in time. A late acceptance follows the policy of the sequence.',
  withdrawn:
    'Nothing: the invitation was withdrawn; LinkedIn takes a new one in about three weeks.',
};

/** Of a stop for a colleague's reply. */
const colleagueReplied =
  'Nothing: somebody of the same company answered. If that reply is corrected, this lead goes on where it stood.';

const notAccessible = 'PROFILE_NOT_ACCESSIBLE';
const readAgain =
  'The profile could not be opened. Read it again (POST /v1/leads/{leadId}/enrich with force) or correct its address, then retry the step (POST /v1/leads/{leadId}/retry); otherwise the lead stays out.';

function afterEnd(status: string, because: string): string {
  if (because === colleagueRepliedCause) return colleagueReplied;
  if (status === 'failed' && because === notAccessible) return readAgain;
  const sentence = endings[status] ?? `Nothing: it is ${status}.`;
  if (sentence.endsWith('.')) return sentence;
  return because === '' ? `${sentence}.` : `${sentence} (${because}).`;
}

function causesOf(pauses: unknown): string {
  return (pauses as readonly { cause: string }[]).map(({ cause }) => cause).join(', ');
}

function gatesOf(closed: unknown): string {
  const gates = closed as readonly { kind: string; cause: string }[];
  return gates.map(({ kind, cause }) => `${kind} (${cause})`).join(', ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function word(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'it is over';
}
