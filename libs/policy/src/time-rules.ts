import { minuteMs, toMs } from '@overture/kernel';
import type { Answer, Question, Rule } from './rules.js';

/** What a claim needs from being made to the end of its call: a window that closes sooner is closed (I4). */
export const claimToEffectMs = 2 * minuteMs;

/** The step's own delay, and one call at a time for each identity. */
export const timeRules: readonly Rule[] = [
  { name: 'not_before', version: 1, ask: askNotBefore },
  { name: 'in_flight', version: 1, ask: askInFlight },
];

function askNotBefore({ action: { notBefore }, now }: Question): Answer {
  const inputs = { notBefore, now };
  if (now >= notBefore) return { passed: true, inputs };
  return { passed: false, inputs, untilMs: toMs(notBefore) };
}

function askInFlight({ facts: { inFlight }, now }: Question): Answer {
  if (inFlight === undefined) return { passed: true, inputs: { inFlight: false } };
  const inputs = { inFlight: true, until: inFlight.until };
  // A lease that ran out proves nothing about the call, so the ledger must settle it: look again, do not go.
  return inFlight.until > now
    ? { passed: false, inputs, untilMs: toMs(inFlight.until) }
    : { passed: false, inputs };
}
