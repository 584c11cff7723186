import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CampaignPreviewSchema,
  PreviewStepSchema,
  TemplateSchema,
  TextWarningSchema,
  VariantResultsSchema,
} from '@overture/contracts';
import type { Step, StepWarning } from '@overture/domain-campaign';
import type { CampaignPreview } from '../app/preview-campaign.js';
import type { PreviewStep } from '../app/preview-step.js';
import type { ShownTemplate } from '../app/templates.js';
import type { StepResults } from '../app/variant-results.js';
import { kindMessage } from './enums.js';

export function previewMessage(
  preview: CampaignPreview,
): MessageInitShape<typeof CampaignPreviewSchema> {
  const { steps, warnings, ...known } = preview;
  return { ...known, steps: steps.map(stepMessage), warnings: warnings.map(warningMessage) };
}

export function warningMessage(warning: StepWarning): MessageInitShape<typeof TextWarningSchema> {
  return { ...warning };
}

export function resultsMessage({
  campaignId,
  steps,
}: {
  campaignId: string;
  steps: readonly StepResults[];
}): MessageInitShape<typeof VariantResultsSchema> {
  const shown = steps.map(({ stepId, kind, variants }) => {
    return { stepId, kind: kindMessage(kind as Step['kind']), variants: [...variants] };
  });
  return { campaignId, steps: shown };
}

export function templateMessage(template: ShownTemplate): MessageInitShape<typeof TemplateSchema> {
  const { kind, warnings, ...known } = template;
  return { ...known, kind: kindMessage(kind), warnings: warnings.map(warningMessage) };
}

function stepMessage(step: PreviewStep): MessageInitShape<typeof PreviewStepSchema> {
  const { kind, missingFields, ...known } = step;
  return { ...known, kind: kindMessage(kind), missingFields: [...missingFields] };
}
