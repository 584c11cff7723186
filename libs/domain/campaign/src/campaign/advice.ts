import { dayMs } from '@overture/kernel';
import type { Schedule } from '@overture/policy';
import type { Step } from './sequence.js';

const messagesAdvised = 5;
const daysApartAdvised = { min: 3, max: 7 } as const;
const firstMessageAdvised = { from: '09:00', until: '12:00' } as const;

/** Allowed, but seldom wise (F021, S2-54). */
export function advise(steps: readonly Step[]): string[] {
  const messages = steps.filter((step) => step.kind === 'message');
  const warnings: string[] = [];
  if (messages.length > messagesAdvised) {
    warnings.push(`${messages.length} messages to one person; 3 to 5 are advised.`);
  }
  messages.slice(1).forEach(({ delayMs }, index) => {
    const days = delayMs / dayMs;
    if (days >= daysApartAdvised.min && days <= daysApartAdvised.max) return;
    const { min, max } = daysApartAdvised;
    warnings.push(
      `Follow-up ${index + 1} comes after ${round(days)} days; ${min} to ${max} are advised.`,
    );
  });
  return warnings;
}

/** First messages are best read in the morning; windows that never open then are pointed out (S2-54). */
export function adviseHours({ windows }: Schedule): string[] {
  const { from, until } = firstMessageAdvised;
  const morning = windows.some((each) => {
    const crossesMidnight = each.until <= each.from;
    const opensBefore = each.from < until;
    const closesAfter = each.until > from;
    return crossesMidnight ? opensBefore || closesAfter : opensBefore && closesAfter;
  });
  if (morning || windows.length === 0) return [];
  return [`No window is open between ${from} and ${until}, when first messages are best read.`];
}

function round(days: number): number {
  return Math.round(days * 10) / 10;
}
