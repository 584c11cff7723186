import { NotFoundError } from '@overture/kernel';
import {
  lengthMaxOf,
  lintSteps,
  type Action,
  type LeadText,
  type Sequence,
  type StepWarning,
} from '@overture/domain-campaign';
import { viewEnrollment } from './decide-enrollments.js';
import { findCampaign } from './decide-campaign.js';
import { openLeads } from './lead-details.js';
import type { Ports } from './ports.js';
import { previewStep, type Between, type PreviewStep } from './preview-step.js';
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

export interface CampaignPreview extends Speaker {
  readonly campaignId: string;
  readonly leadId: string;
  readonly sequenceVersion: number;
  readonly sendable: boolean;
  readonly steps: readonly PreviewStep[];
  readonly warnings: readonly StepWarning[];
}

/** Exactly what a lead would get, by the function that intents use, or the reason why not (F066). */
export function previewCampaign(
  ports: Ports,
  caller: Caller,
  { campaignId, leadId, variant }: PreviewWanted,
): Promise<CampaignPreview> {
  return inTransaction(ports, caller, async (scope) => {
    const campaign = await findCampaign(ports, scope, campaignId);
    const [lead] = await openLeads(ports, scope, await ports.leads.find(scope, [leadId]));
    if (lead === undefined) throw new NotFoundError('lead', leadId);
    const { version, sender, actions } = await standing(ports, scope, campaign, leadId);
    const sequence = await ports.campaigns.sequence(scope, campaignId, version);
    const speaker = await speakerOf(ports, scope, sender);
    const between: Between = { lead, speaker, sequence };
    const steps: PreviewStep[] = [];
    for (const text of textsOf(sequence.steps, campaignId, lead)) {
      const action = actions.get(text.stepId);
      const shown = asWanted(sequence, recorded(text, action), variant);
      steps.push(await previewStep(ports, scope, between, { text: shown, action }));
    }
    const sendable = steps.every(({ status }) => status !== 'refused');
    const warnings = warningsOf(sequence, steps);
    return { campaignId, leadId, sequenceVersion: version, ...speaker, sendable, steps, warnings };
  });
}

interface Standing {
  readonly version: number;
  /** Who sends, or whoever may. */
  readonly sender: readonly string[];
  /** The newest action of each step that has one. */
  readonly actions: ReadonlyMap<string, Action>;
}

async function standing(
  ports: Ports,
  scope: Scope,
  { campaignId, sequenceVersion, identityIds }: CampaignRow,
  leadId: string,
): Promise<Standing> {
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  const own = rows.find((row) => row.campaignId === campaignId);
  if (own === undefined) {
    return { version: sequenceVersion, sender: identityIds, actions: new Map() };
  }
  const { state } = await viewEnrollment(scope, own.enrollmentId);
  const actions = state.status === 'new' ? [] : Object.values(state.actions);
  return {
    version: own.sequenceVersion,
    sender: [own.identityId],
    actions: new Map(actions.map((action) => [action.stepId, action])),
  };
}

// What was planned is what goes, whichever variant a later list of variants would pick.
function recorded(text: LeadText, action: Action | undefined): LeadText {
  const variant = action?.plan?.variantId;
  return variant === undefined ? text : { ...text, variant };
}

function asWanted({ steps }: Sequence, text: LeadText, variant: string): LeadText {
  const has = steps[text.step]?.variants?.some(({ id }) => id === variant) ?? false;
  return has ? { ...text, variant } : text;
}

/** The identity that is assigned; before that the one that may say least, so that no preview promises too much. */
async function speakerOf(
  ports: Ports,
  scope: Scope,
  identityIds: readonly string[],
): Promise<Speaker> {
  const speakers = await ports.texts.speakers(scope, identityIds);
  const room = ({ tier }: Speaker) =>
    lengthMaxOf('text', { kind: 'connect', tier, longNote: true });
  return [...speakers].sort((a, b) => room(a) - room(b))[0] as Speaker;
}

/** Of what the author wrote, in the variants that are shown. */
function warningsOf({ steps }: Sequence, shown: readonly PreviewStep[]): StepWarning[] {
  return lintSteps(steps).filter(({ step, variant }) => shown[step]?.variant === variant);
}
