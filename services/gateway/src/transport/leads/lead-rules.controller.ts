import { Body, Get, Param, Put } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { LeadRulesSchema, LeadService } from '@overture/contracts';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Answers, GuardsChangesOnly, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatch } from '../http/if-match.js';
import { plain } from '../http/plain.js';

const rpc = LeadService.method;

/** What is absent holds as it is above: a campaign's as the workspace's, the workspace's as it always is. */
export class LeadRulesDto {
  @ApiPropertyOptional({ description: 'Nobody is worked by two campaigns at once' })
  @IsOptional()
  @IsBoolean()
  exclusive?: boolean;

  @ApiPropertyOptional({ description: 'Whoever was in another campaign is not contacted again' })
  @IsOptional()
  @IsBoolean()
  contactOnce?: boolean;

  @ApiPropertyOptional({ description: 'Whoever was written to and never answered is skipped' })
  @IsOptional()
  @IsBoolean()
  skipNeverAnswered?: boolean;

  @ApiPropertyOptional({ minimum: 0, maximum: 365, description: 'Days of silence after a talk' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  cooldownDays?: number;
}

@Resource('v1', 'Leads')
export class LeadRulesController {
  constructor(private readonly backend: Backend) {}

  @Get('lead-rules')
  @GuardsChangesOnly()
  @Route('Who may be contacted: the rules of the workspace (F052).', 'leads:read')
  @Answers(LeadRulesSchema)
  ofWorkspace(@From() caller: Caller) {
    return this.backend.ask(rpc.getLeadRules, {}, caller);
  }

  @Put('lead-rules')
  @Route('Set the rules of the workspace, all of them (F052, F057, F089).', 'campaigns:write')
  @Repeatable()
  @Answers(LeadRulesSchema)
  setOfWorkspace(
    @Body() rules: LeadRulesDto,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.setLeadRules, { expectedVersion, ...plain(rules) }, caller);
  }

  @Get('campaigns/:campaignId/lead-rules')
  @GuardsChangesOnly()
  @Route('The rules that hold for a campaign, and which were set for it.', 'campaigns:read')
  @Answers(LeadRulesSchema)
  ofCampaign(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getLeadRules, { campaignId }, caller);
  }

  @Put('campaigns/:campaignId/lead-rules')
  @Route('Set the rules of a campaign, all of them (F052, F057, F089).', 'campaigns:write')
  @Repeatable()
  @Answers(LeadRulesSchema)
  setOfCampaign(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() rules: LeadRulesDto,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const request = { campaignId, expectedVersion, ...plain(rules) };
    return this.backend.ask(rpc.setLeadRules, request, caller);
  }
}
