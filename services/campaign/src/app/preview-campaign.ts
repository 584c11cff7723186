import { DomainError, NotFoundError, type ErrorValues } from '@overture/kernel';
import {
  lengthMaxOf,
  lintSteps,
  messageTypeOf,
  textLength,
  type LeadText,
  type Sequence,
  type Step,
  type StepWarning,
  type WrittenStep,
} from '@overture/domain-campaign';
import type { EnrollmentRow } from './enrollment-view.js';
import { findCampaign } from './decide-campaign.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import type { Ports } from './ports.js';
import { saidTo, type Said } from './said-to.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow } from './tables.js';
import type { Speaker } from './texts.js';
import { textsOf } from './texts-of.js';

export interface PreviewWanted {
  readonly campaignId: string;
  readonly leadId: string;
  /** Empty: what this lead gets. Else each step that has a variant of this name shows that one. */
  readonly variant: string;
}

/** One step as this lead would read it, or why they would not. */
export interface PreviewStep extends Said {
  readonly step: number;
  readonly stepId: string;
  readonly kind: Step['kind'];
  readonly messageType: string;
  readonly variant: string;
  readonly status: 'ready' | 'refused' | 'silent';
  readonly textLength: number;
  readonly textLengthMax: number;
  readonly reason: string;
  readonly detail: string;
  readonly missingFields: readonly string[];
}

export interface CampaignPreview extends Speaker {
  readonly campaignId: string;
  readonly leadId: string;
  readonly sequenceVersion: number;
  readonly sendable: boolean;
  readonly steps: readonly PreviewStep[];
  readonly warnings: readonly StepWarning[];
}

/** Exactly what a lead would get, by the function that the intents use, or the reason why not (F066). */
export function previewCampaign(
  ports: Ports,
  caller: Caller,
  { campaignId, leadId, variant }: PreviewWanted,
): Promise<CampaignPreview> {
  return inTransaction(ports, caller, async (scope) => {
    const campaign = await findCampaign(ports, scope, campaignId);
    const [lead] = await openLeads(ports, scope, await ports.leads.find(scope, [leadId]));
    if (lead === undefined) throw new NotFoundError('lead', leadId);
    const enrolled = await enrollmentOf(ports, scope, campaignId, leadId);
    const version = enrolled?.sequenceVersion ?? campaign.sequenceVersion;
    const sequence = await ports.campaigns.sequence(scope, campaignId, version);
    const speaker = await speakerFor(ports, scope, campaign, enrolled);
    const texts = textsOf(sequence.steps, campaignId, lead);
    const steps = texts.map((text) => {
      const shown = wanted(sequence, text, variant);
      return previewStep(sequence, shown, { lead, speaker });
    });
    const sendable = steps.every(({ status }) => status !== 'refused');
    const warnings = warningsOf(sequence, steps);
    return { campaignId, leadId, sequenceVersion: version, ...speaker, sendable, steps, warnings };
  });
}

type Spoken = WrittenStep & Pick<Step, 'kind'>;

interface Between {
  readonly lead: LeadDetails;
  readonly speaker: Speaker;
}

function previewStep(sequence: Sequence, text: LeadText, between: Between): PreviewStep {
  const { step: index, stepId, variant } = text;
  const step = sequence.steps[index] as Spoken;
  const { kind, longNote = false } = step;
  const { tier } = between.speaker;
  const outcome = outcomeOf(step, variant, between);
  return {
    ...outcome,
    step: index,
    stepId,
    kind,
    messageType: messageTypeOf(sequence, index),
    variant,
    textLength: textLength(outcome.text),
    textLengthMax: lengthMaxOf('text', { kind, tier, longNote }),
  };
}

type Outcome = Said & Pick<PreviewStep, 'status' | 'reason' | 'detail' | 'missingFields'>;

const silentKinds: ReadonlySet<string> = new Set(['visit', 'withdraw', 'wait', 'branch']);
const nothing = { text: '', subject: '', postUrl: '', textSha256: '' } as const;
const unrefused = { reason: '', detail: '', missingFields: [] } as const;

function outcomeOf(step: Spoken, variant: string, { lead, speaker }: Between): Outcome {
  if (silentKinds.has(step.kind)) return { ...nothing, ...unrefused, status: 'silent' };
  try {
    if (lead.erased) throw new DomainError('lead/erased', 'This person was erased.');
    const said = saidTo(lead, step, { tier: speaker.tier, variant });
    return { ...said, ...unrefused, status: 'ready' };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code: reason, message: detail, values } = error;
    const refused = { reason, detail, missingFields: missingIn(values) };
    return { ...nothing, ...refused, status: 'refused' };
  }
}

function missingIn(values: ErrorValues): string[] {
  const { missing } = values as { missing?: string[] };
  return missing ?? [];
}

function wanted({ steps }: Sequence, text: LeadText, variant: string): LeadText {
  const step: WrittenStep | undefined = steps[text.step];
  const has = step?.variants?.some(({ id }) => id === variant) ?? false;
  return has ? { ...text, variant } : text;
}

async function enrollmentOf(ports: Ports, scope: Scope, campaignId: string, leadId: string) {
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  return rows.find((row) => row.campaignId === campaignId);
}

/** The identity that is assigned; before that the one that may say least, so that no preview promises too much. */
async function speakerFor(
  ports: Ports,
  scope: Scope,
  { identityIds }: CampaignRow,
  enrolled: EnrollmentRow | undefined,
): Promise<Speaker> {
  const ids = enrolled === undefined ? identityIds : [enrolled.identityId];
  const speakers = await ports.texts.speakers(scope, ids);
  const room = ({ tier }: Speaker) =>
    lengthMaxOf('text', { kind: 'connect', tier, longNote: true });
  return [...speakers].sort((a, b) => room(a) - room(b))[0] as Speaker;
}

/** Of what the author wrote, in the variants that are shown. */
function warningsOf({ steps }: Sequence, shown: readonly PreviewStep[]): StepWarning[] {
  return lintSteps(steps).filter(({ step, variant }) => shown[step]?.variant === variant);
}
