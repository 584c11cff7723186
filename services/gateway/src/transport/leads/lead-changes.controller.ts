import { Body, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { LeadSchema, LeadService } from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatch } from '../http/if-match.js';
import { SeparateLeadDto, UpdateLeadDto } from './update-lead.dto.js';

const rpc = LeadService.method;

@Resource('v1/leads', 'Leads')
export class LeadChangesController {
  constructor(private readonly backend: Backend) {}

  @Patch(':leadId')
  @Route(
    'Change fields of a lead; a custom field that is null is removed. If-Match guards against lost updates (F049).',
    'leads:write',
  )
  @Repeatable()
  @Answers(LeadSchema)
  update(
    @Param('leadId', IdPipe) leadId: string,
    @Body() { customFields = {}, ...fields }: UpdateLeadDto,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const entries = Object.entries(customFields);
    const set = entries.filter((entry): entry is [string, string] => entry[1] !== null);
    const removedCustomFields = entries.filter(([, text]) => text === null).map(([name]) => name);
    const custom = { customFields: Object.fromEntries(set), removedCustomFields };
    return this.backend.ask(
      rpc.updateLead,
      { leadId, expectedVersion, ...fields, ...custom },
      caller,
    );
  }

  @Post(':leadId/separate')
  @HttpCode(200)
  @Route(
    'This lead is not the person it is shown as the duplicate of: it goes on where it stood (M14).',
    'leads:write',
  )
  @Repeatable()
  @Answers(LeadSchema)
  separate(
    @Param('leadId', IdPipe) leadId: string,
    @Body() { reason }: SeparateLeadDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.separateLead, { leadId, reason }, caller);
  }
}
