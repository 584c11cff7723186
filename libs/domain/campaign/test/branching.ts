import { dayMs } from '@overture/kernel';
import type { Planning, Sequence, Step } from '../src/index.js';

/**
 * look → invite → accepted within 14 days?
 *   yes: hello (reviewed) → nudge → end
 *   no: note (InMail, two variants) → pause → vip? yes: call → take back · no: take back
 */
const steps: readonly Step[] = [
  { id: 'look', kind: 'visit', delayMs: 0, text: '' },
  { id: 'invite', kind: 'connect', delayMs: dayMs, text: 'Hello' },
  {
    id: 'accepted',
    kind: 'branch',
    delayMs: 0,
    text: '',
    branch: { when: 'accepted_within', days: 14, yes: 'hello', no: 'note' },
  },
  { id: 'hello', kind: 'message', delayMs: dayMs, text: 'Hi {first_name|there}', review: true },
  { id: 'nudge', kind: 'message', delayMs: 3 * dayMs, text: 'Still there?', next: 'end' },
  {
    id: 'note',
    kind: 'inmail',
    delayMs: 0,
    text: '',
    subject: 'A question',
    variants: [
      { id: 'a', text: 'May I ask something?' },
      { id: 'b', text: 'One question only' },
    ],
  },
  { id: 'pause', kind: 'wait', delayMs: 2 * dayMs, text: '' },
  {
    id: 'vip',
    kind: 'branch',
    delayMs: 0,
    text: '',
    branch: {
      when: 'field',
      name: 'custom.vip',
      op: 'contains',
      value: 'platinum',
      yes: 'call',
      no: 'back',
    },
  },
  { id: 'call', kind: 'task', delayMs: dayMs, text: 'Call {first_name|them}' },
  { id: 'back', kind: 'withdraw', delayMs: 0, text: '', next: 'end' },
];

export const branchingSequence: Sequence = {
  version: 1,
  steps,
  acceptWithinDays: 21,
  lateAcceptance: 'message',
};

/** The same with another last word, one step more and one step less. */
export const revisedSequence: Sequence = {
  ...branchingSequence,
  version: 2,
  steps: steps.flatMap((step): Step[] => {
    if (step.id === 'nudge') {
      const { next: _, ...nudge } = step;
      const bye: Step = {
        id: 'bye',
        kind: 'message',
        delayMs: 5 * dayMs,
        text: 'Bye',
        next: 'end',
      };
      return [{ ...nudge, delayMs: 4 * dayMs }, bye];
    }
    return step.id === 'pause' ? [] : [step];
  }),
};

const fields = { 'custom.vip': 'Platinum member' };

export const branching: Planning = { sequence: branchingSequence, zone: 'Europe/Kyiv', fields };
export const revised: Planning = { sequence: revisedSequence, zone: 'Europe/Kyiv', fields };
