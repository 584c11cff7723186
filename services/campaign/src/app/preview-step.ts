import { DomainError, type ErrorValues } from '@overture/kernel';
import {
  lengthMaxOf,
  messageTypeOf,
  textLength,
  type Action,
  type LeadText,
  type RenderedStep,
  type Sequence,
  type Step,
} from '@overture/domain-campaign';
import { openDrafts } from './keep-drafts.js';
import type { LeadDetails } from './lead-details.js';
import type { Ports } from './ports.js';
import { hashOf, nothingToSay, renderFor } from './render-draft.js';
import type { Scope } from './scope.js';
import type { Speaker } from './texts.js';

/** One step as this lead would read it, or why they would not. */
export interface PreviewStep extends RenderedStep {
  readonly step: number;
  readonly stepId: string;
  readonly kind: Step['kind'];
  readonly messageType: string;
  readonly variant: string;
  readonly status: 'ready' | 'refused' | 'silent' | 'passed';
  readonly textLength: number;
  readonly textLengthMax: number;
  readonly textSha256: string;
  readonly reason: string;
  readonly detail: string;
  readonly missingFields: readonly string[];
}

/** Who speaks to whom, after which script. */
export interface Between {
  readonly lead: LeadDetails;
  readonly speaker: Speaker;
  readonly sequence: Sequence;
}

interface Line {
  readonly text: LeadText;
  /** What the enrollment made of the step, if anything. */
  readonly action: Action | undefined;
}

export async function previewStep(
  ports: Ports,
  scope: Scope,
  between: Between,
  line: Line,
): Promise<PreviewStep> {
  const { sequence, speaker } = between;
  const { step: index, stepId, variant } = line.text;
  const { kind, longNote = false } = sequence.steps[index] as Step;
  const outcome = await outcomeOf(ports, scope, between, line);
  return {
    ...outcome,
    step: index,
    stepId,
    kind,
    messageType: messageTypeOf(sequence, index),
    variant,
    textLength: textLength(outcome.text),
    textLengthMax: lengthMaxOf('text', { kind, tier: speaker.tier, longNote }),
  };
}

type Outcome = RenderedStep &
  Pick<PreviewStep, 'status' | 'textSha256' | 'reason' | 'detail' | 'missingFields'>;

const silentKinds: ReadonlySet<string> = new Set(['visit', 'withdraw', 'wait', 'branch']);
const noWords = {
  ...nothingToSay,
  textSha256: '',
  reason: '',
  detail: '',
  missingFields: [],
} as const;

async function outcomeOf(
  ports: Ports,
  scope: Scope,
  between: Between,
  line: Line,
): Promise<Outcome> {
  const { ahead, step } = line.text;
  if (!ahead)
    return { ...noWords, status: 'passed', detail: 'The fields of this lead lead past it.' };
  const kind = between.sequence.steps[step]?.kind ?? '';
  if (silentKinds.has(kind)) return { ...noWords, status: 'silent' };
  try {
    const rendered = (await draftOf(ports, scope, line.action)) ?? said(between, line);
    return { ...noWords, ...rendered, textSha256: hashOf(rendered), status: 'ready' };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code: reason, message: detail, values } = error;
    return { ...noWords, status: 'refused', reason, detail, missingFields: missingIn(values) };
  }
}

// A draft is sent as it stands, whatever the fields say by then (I11).
async function draftOf(
  ports: Ports,
  scope: Scope,
  action: Action | undefined,
): Promise<RenderedStep | undefined> {
  if (action?.expiresAt === undefined) return undefined;
  const draft = await ports.drafts.find(scope, action.actionId);
  if (draft === undefined || draft.problem !== '') return undefined;
  return (await openDrafts(ports, scope, [draft]))[0];
}

function said({ lead, speaker, sequence }: Between, { text }: Line): RenderedStep {
  if (lead.erased) throw new DomainError('lead/erased', 'This person was erased.');
  const { step, variant } = text;
  const planned = variant === '' ? { step } : { step, plan: { variantId: variant } };
  return renderFor(sequence.steps, planned, { lead, tier: speaker.tier });
}

function missingIn(values: ErrorValues): string[] {
  const { missing } = values as { missing?: string[] };
  return missing ?? [];
}
