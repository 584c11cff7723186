import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ActionKindSchema,
  TemplatePageSchema,
  TemplateSchema,
  TextService,
} from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatch } from '../http/if-match.js';
import { plain } from '../http/plain.js';
import { enumNumber } from '../http/public-json.js';
import { CreateTemplateDto, TemplatesQuery, UpdateTemplateDto } from './text.dto.js';

const rpc = TextService.method;

@Resource('v1/templates', 'Texts')
export class TemplatesController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Keep a text in the library; sequences take copies of it (F017).', 'campaigns:write')
  @Repeatable()
  @Answers(TemplateSchema, 201)
  create(@Body() { kind, ...body }: CreateTemplateDto, @From() caller: Caller) {
    const request = { ...body, kind: enumNumber(ActionKindSchema, kind) };
    return this.backend.ask(rpc.createTemplate, request, caller);
  }

  @Get()
  @Route('List templates by name.', 'campaigns:read')
  @Answers(TemplatePageSchema)
  list(@Query() { kind, ...page }: TemplatesQuery, @From() caller: Caller) {
    const request = { ...page, ...(kind && { kind: enumNumber(ActionKindSchema, kind) }) };
    return this.backend.ask(rpc.listTemplates, request, caller);
  }

  @Get(':templateId')
  @Route('Read a template.', 'campaigns:read')
  @Answers(TemplateSchema)
  get(@Param('templateId', IdPipe) templateId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getTemplate, { templateId }, caller);
  }

  @Patch(':templateId')
  @Route(
    'Change a template; no sequence that copied it changes. Heeds If-Match.',
    'campaigns:write',
  )
  @Repeatable()
  @Answers(TemplateSchema)
  update(
    @Param('templateId', IdPipe) templateId: string,
    @Body() body: UpdateTemplateDto,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const request = { ...plain(body), templateId, expectedVersion };
    return this.backend.ask(rpc.updateTemplate, request, caller);
  }

  @Delete(':templateId')
  @Route('Take a template out of the library.', 'campaigns:write')
  @Answers(TemplateSchema)
  remove(@Param('templateId', IdPipe) templateId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.deleteTemplate, { templateId }, caller);
  }
}
