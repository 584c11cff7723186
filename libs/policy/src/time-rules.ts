import { minuteMs, toMs } from '@overture/kernel';
import type { Answer, Question, Rule } from './rules.js';
import { isOpen, nextOpening, zoneFor } from './windows.js';

/** What a claim needs from being made to the end of its call: a window that closes sooner is closed (I4). */
export const claimToEffectMs = 2 * minuteMs;

/** The step's own delay, the lead's working hours, and one call at a time for each identity. */
export const timeRules: readonly Rule[] = [
  { name: 'not_before', version: 1, ask: askNotBefore },
  { name: 'window', version: 1, ask: askWindow },
  { name: 'in_flight', version: 1, ask: askInFlight },
];

function askNotBefore({ action: { notBefore }, now }: Question): Answer {
  const inputs = { notBefore, now };
  if (now >= notBefore) return { passed: true, inputs };
  return { passed: false, inputs, untilMs: toMs(notBefore) };
}

function askWindow({ action, facts, now }: Question): Answer {
  const { schedule } = facts;
  const zone = zoneFor(action.zone, schedule, facts.identityZone);
  const inputs = { zone, now };
  if (isOpen(schedule, zone, now, claimToEffectMs)) return { passed: true, inputs };
  const opens = nextOpening(schedule, zone, now, claimToEffectMs);
  return { passed: false, inputs, ...(opens && { untilMs: toMs(opens) }) };
}

function askInFlight({ facts: { inFlight }, now }: Question): Answer {
  if (inFlight === undefined) return { passed: true, inputs: { inFlight: false } };
  const inputs = { inFlight: true, until: inFlight.until };
  // A lease that ran out proves nothing about the call, so the ledger must settle it: look again, do not go.
  return inFlight.until > now
    ? { passed: false, inputs, untilMs: toMs(inFlight.until) }
    : { passed: false, inputs };
}
