import { toMs } from '@overture/kernel';
import { companyWindowMs } from './company.js';
import { capWindowMs } from './limits.js';
import type { Answer, Facts, Question, Rule } from './rules.js';

/** What an account and its plan still allow, beside how much and how fast (F024, F027, F034). */
export const accountRules: readonly Rule[] = [
  { name: 'pending_invitations', version: 1, ask: askPending },
  { name: 'note_quota', version: 1, ask: askNotes },
  { name: 'inmail_credits', version: 1, ask: askCredits },
  { name: 'company_cap', version: 1, ask: askCompany },
];

const notAsked: Answer = { passed: true, inputs: {} };

/** Old invitations nobody answers are what LinkedIn counts against an account: no more until some are gone. */
function askPending({ action, facts: { pendingInvitations, limits } }: Question): Answer {
  const { pendingInvitationsMax: max } = limits;
  if (action.kind !== 'connect' || pendingInvitations === undefined || max === undefined) {
    return notAsked;
  }
  return { passed: pendingInvitations < max, inputs: { pending: pendingInvitations, max } };
}

function askNotes({ action, facts, nowMs }: Question): Answer {
  if (action.kind !== 'connect' || action.hasNote !== true) return notAsked;
  const { isLeft, untilMs, inputs } = notesOf(facts, nowMs);
  if (isLeft) return { passed: true, inputs, note: 'with' };
  if (facts.whenNotesUsedUp !== 'wait') return { passed: true, inputs, note: 'without' };
  return { passed: false, inputs, ...(untilMs !== undefined && { untilMs }) };
}

interface NotesLeft {
  readonly isLeft: boolean;
  readonly untilMs?: number;
  readonly inputs: Answer['inputs'];
}

function notesOf({ limits, notes }: Facts, nowMs: number): NotesLeft {
  const { notesPerMonth: quota } = limits;
  if (notes === undefined) return { isLeft: true, inputs: { quota } };
  const { used, blockingAt, left } = notes;
  const inputs = { used, quota, left };
  if (left === 0) return { isLeft: false, inputs };
  if (quota === undefined) return { isLeft: true, inputs };
  if (blockingAt === undefined) return { isLeft: used < quota, inputs };
  const untilMs = toMs(blockingAt) + capWindowMs.perMonth;
  return { isLeft: nowMs >= untilMs, inputs, untilMs };
}

// Asked of InMails alone: a kind that needs no credit must never wait for one.
function askCredits({ action, facts: { inmail }, now }: Question): Answer {
  if (action.kind !== 'inmail' || inmail === undefined) return notAsked;
  const { credits, renewsAt } = inmail;
  if (credits > 0) return { passed: true, inputs: { credits } };
  const inputs = { credits, renewsAt };
  // A balance that should have been renewed by now is old: the next look at the account tells.
  if (renewsAt === undefined || renewsAt <= now) return { passed: false, inputs };
  return { passed: false, inputs, untilMs: toMs(renewsAt) };
}

// Of a first contact alone, and not with whom it already began: whoever was written to is not left alone for others.
function askCompany({ action, facts: { company }, nowMs }: Question): Answer {
  if (company === undefined || !action.firstTouch) return notAsked;
  const { cap, people, contacted = false } = company;
  const inputs = { people: people.used, cap: cap.people, days: cap.days, contacted };
  if (contacted) return { passed: true, inputs };
  if (people.blockingAt === undefined) return { passed: people.used < cap.people, inputs };
  const untilMs = toMs(people.blockingAt) + companyWindowMs(cap);
  return nowMs >= untilMs ? { passed: true, inputs } : { passed: false, inputs, untilMs };
}
