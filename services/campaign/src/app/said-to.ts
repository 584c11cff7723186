import { createHash } from 'node:crypto';
import {
  contentOf,
  fieldValues,
  renderStep,
  type RenderedStep,
  type WrittenStep,
} from '@overture/domain-campaign';
import type { Tier } from '@overture/policy';
import type { LeadDetails } from './lead-details.js';

export interface Said extends RenderedStep {
  /** What an intent records: another subject or another post is another content (I11). */
  readonly textSha256: string;
}

export interface Saying {
  readonly tier: Tier;
  /** The variant that was planned; empty: the step's own text. */
  readonly variant: string;
}

/** Exactly what a step says to a lead. Intents send it, previews show it, drafts begin with it (F066, I11). */
export function saidTo(lead: LeadDetails, step: WrittenStep, { tier, variant }: Saying): Said {
  return sealed(renderStep(step, { values: fieldValues(lead), tier, variant }));
}

/** The same for a text that a person has approved. */
export function sealed(rendered: RenderedStep): Said {
  const textSha256 = createHash('sha256').update(contentOf(rendered)).digest('hex');
  return { ...rendered, textSha256 };
}
