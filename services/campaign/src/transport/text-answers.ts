import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CampaignPreviewSchema,
  PreviewStepSchema,
  TemplateSchema,
  TextWarningSchema,
} from '@overture/contracts';
import type { StepWarning } from '@overture/domain-campaign';
import type { CampaignPreview, PreviewStep } from '../app/preview-campaign.js';
import type { ShownTemplate } from '../app/templates.js';
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

export function templateMessage(template: ShownTemplate): MessageInitShape<typeof TemplateSchema> {
  const { kind, warnings, ...known } = template;
  return { ...known, kind: kindMessage(kind), warnings: warnings.map(warningMessage) };
}

function stepMessage(step: PreviewStep): MessageInitShape<typeof PreviewStepSchema> {
  const { kind, missingFields, ...known } = step;
  return { ...known, kind: kindMessage(kind), missingFields: [...missingFields] };
}
