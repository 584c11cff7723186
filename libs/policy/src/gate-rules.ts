import type { Answer, Gate, Rule } from './rules.js';

/** Who said stop: nothing about time matters while one of them does (P7). */
export const gateRules: readonly Rule[] = [
  { name: 'workspace_gate', version: 1, ask: ({ facts }) => askGate(facts.gates.workspace) },
  { name: 'campaign_gate', version: 1, ask: ({ facts }) => askGate(facts.gates.campaign) },
  { name: 'identity_gate', version: 1, ask: ({ facts }) => askGate(facts.gates.identity) },
];

function askGate({ open, cause }: Gate): Answer {
  return { passed: open, inputs: cause === undefined ? { open } : { open, cause } };
}
