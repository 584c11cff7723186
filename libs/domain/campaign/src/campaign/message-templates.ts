import { dayMs, InvalidInputError } from '@overture/kernel';
import type { SequenceDraft } from './commands.js';
import type { CampaignType, Step } from './sequence.js';

/** How S2 writes a sequence (S2-05 to S2-08); in a messenger the first slot holds the first message. */
export interface MessageTemplates {
  readonly connectionRequest: string;
  readonly followUpMessages: readonly string[];
  /** Days between messages. */
  readonly followUpDelays: readonly number[];
}

/** Too few delays are refused; what is left over is accepted with a warning (requirements, section 2). */
export function sequenceFromTemplates(
  type: CampaignType,
  { connectionRequest, followUpMessages, followUpDelays }: MessageTemplates,
): { sequence: SequenceDraft; warnings: string[] } {
  const missing = followUpMessages.length - followUpDelays.length;
  if (missing > 0) {
    const message = `${followUpMessages.length} follow-ups need as many delays; ${missing} are missing.`;
    throw new InvalidInputError([{ path: '/message_templates/follow_up_delays', message }]);
  }
  const first: Step = {
    kind: type === 'connector' ? 'connect' : 'message',
    delayMs: 0,
    text: connectionRequest,
  };
  const followUps = followUpMessages.map((text, index): Step => {
    return { kind: 'message', delayMs: Math.round((followUpDelays[index] ?? 0) * dayMs), text };
  });
  const warnings = missing < 0 ? [`${-missing} delays have no follow-up and are not used.`] : [];
  return { sequence: { steps: [first, ...followUps] }, warnings };
}
