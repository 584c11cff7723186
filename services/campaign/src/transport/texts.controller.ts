import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  ActionKind,
  TextService,
  type CampaignIdRequest,
  type CreateTemplateRequest,
  type ListMissingFieldsRequest,
  type ListTemplatesRequest,
  type PreviewCampaignRequest,
  type TemplateIdRequest,
  type UpdateTemplateRequest,
} from '@overture/contracts';
import { InvalidInputError } from '@overture/kernel';
import { Command, CommandContext } from '@overture/messaging';
import { lintCampaign } from '../app/lint-campaign.js';
import { listLackingAfterMove } from '../app/lacking-after-move.js';
import { listMissingFields } from '../app/missing-fields.js';
import { Ports } from '../app/ports.js';
import { previewCampaign } from '../app/preview-campaign.js';
import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  templateKinds,
  updateTemplate,
  type TemplateKind,
} from '../app/templates.js';
import { variantResults } from '../app/variant-results.js';
import { kindOf } from './enums.js';
import { callerOf, pageWanted } from './requests.js';
import { previewMessage, resultsMessage, templateMessage, warningMessage } from './text-answers.js';

@Controller()
export class TextsController {
  constructor(private readonly ports: Ports) {}

  @Command(TextService.method.previewCampaign)
  async preview(@Payload() request: PreviewCampaignRequest, @Ctx() context: CommandContext) {
    return previewMessage(await previewCampaign(this.ports, callerOf(context), request));
  }

  @Command(TextService.method.listMissingFields)
  async missing(@Payload() request: ListMissingFieldsRequest, @Ctx() context: CommandContext) {
    const { campaignId, version } = request;
    const wanted = { ...pageWanted(request), campaignId, version };
    const list = version === 0 ? listMissingFields : listLackingAfterMove;
    const { items, nextCursor } = await list(this.ports, callerOf(context), wanted);
    const leads = items.map(({ fields, stepIds, ...lead }) => {
      return { ...lead, fields: [...fields], stepIds: [...stepIds] };
    });
    return { campaignId, leads, nextCursor };
  }

  @Command(TextService.method.lintCampaign)
  async lint(@Payload() { campaignId }: CampaignIdRequest, @Ctx() context: CommandContext) {
    const report = await lintCampaign(this.ports, callerOf(context), campaignId);
    const { warnings, advice, ...known } = report;
    return { ...known, warnings: warnings.map(warningMessage), advice: [...advice] };
  }

  @Command(TextService.method.getVariantResults)
  async variants(@Payload() { campaignId }: CampaignIdRequest, @Ctx() context: CommandContext) {
    return resultsMessage(await variantResults(this.ports, callerOf(context), campaignId));
  }

  @Command(TextService.method.createTemplate)
  async create(@Payload() request: CreateTemplateRequest, @Ctx() context: CommandContext) {
    const { name, kind, subject, text } = request;
    const wanted = { name, kind: templateKind(kind), subject, text };
    return templateMessage(await createTemplate(this.ports, callerOf(context), wanted));
  }

  @Command(TextService.method.getTemplate)
  async get(@Payload() { templateId }: TemplateIdRequest, @Ctx() context: CommandContext) {
    return templateMessage(await getTemplate(this.ports, callerOf(context), templateId));
  }

  @Command(TextService.method.listTemplates)
  async list(@Payload() request: ListTemplatesRequest, @Ctx() context: CommandContext) {
    const kind = request.kind === ActionKind.UNSPECIFIED ? '' : templateKind(request.kind);
    const wanted = { ...pageWanted(request), kind } as const;
    const { items, nextCursor } = await listTemplates(this.ports, callerOf(context), wanted);
    return { templates: items.map(templateMessage), nextCursor };
  }

  @Command(TextService.method.updateTemplate)
  async update(@Payload() request: UpdateTemplateRequest, @Ctx() context: CommandContext) {
    const { templateId, expectedVersion, name, subject, text } = request;
    const change = {
      templateId,
      expectedVersion,
      ...(name !== undefined && { name }),
      ...(subject !== undefined && { subject }),
      ...(text !== undefined && { text }),
    };
    return templateMessage(await updateTemplate(this.ports, callerOf(context), change));
  }

  @Command(TextService.method.deleteTemplate)
  async remove(@Payload() { templateId }: TemplateIdRequest, @Ctx() context: CommandContext) {
    return templateMessage(await deleteTemplate(this.ports, callerOf(context), templateId));
  }
}

function templateKind(message: ActionKind): TemplateKind {
  const kind = kindOf(message, '/kind');
  const found = templateKinds.find((each) => each === kind);
  if (found !== undefined) return found;
  const expected = templateKinds.join(', ');
  throw new InvalidInputError([{ path: '/kind', message: `Expected one of ${expected}.` }]);
}
