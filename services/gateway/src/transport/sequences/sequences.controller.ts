import { Body, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CampaignSchema,
  MovePreviewSchema,
  MoveReportSchema,
  SequenceService,
  VersionListSchema,
} from '@overture/contracts';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatch } from '../http/if-match.js';
import { plain } from '../http/plain.js';
import { reviseMs } from '../deadlines.js';
import { CloneDto, MoveDto, UndoMoveDto, versionMax } from './move.dto.js';

const rpc = SequenceService.method;

export class VersionQuery {
  @ApiPropertyOptional({ description: 'Without it: the newest' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(versionMax)
  version: number = 0;
}

@Resource('v1/campaigns', 'Campaigns')
export class SequencesController {
  constructor(private readonly backend: Backend) {}

  @Post(':campaignId/clone')
  @Route('A draft with everything of another campaign but its leads (F017).', 'campaigns:write')
  @Repeatable()
  @Answers(CampaignSchema, 201)
  clone(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: CloneDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.cloneCampaign, { campaignId, ...plain(body) }, caller);
  }

  @Get(':campaignId/versions')
  @Route('Every version of the sequence and how many leads follow it (F016).', 'campaigns:read')
  @Answers(VersionListSchema)
  versions(@Param('campaignId', IdPipe) campaignId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.listVersions, { campaignId }, caller);
  }

  @Post(':campaignId/versions/preview-move')
  @HttpCode(200)
  @Route('Where each lead would land in another version; changes nothing (M10).', 'campaigns:read')
  @Answers(MovePreviewSchema)
  preview(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: MoveDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.previewMove, { campaignId, ...plain(body) }, caller);
  }

  @Post(':campaignId/versions/move')
  @HttpCode(200)
  @Route(
    'Move leads to another version; the answer names the move for its undo.',
    'campaigns:write',
  )
  @Repeatable()
  @Answers(MoveReportSchema)
  move(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: MoveDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.moveToVersion, { campaignId, ...plain(body) }, caller);
  }

  @Post(':campaignId/versions/undo-move')
  @HttpCode(200)
  @Route('Bring back exactly the plans from before a move (M10).', 'campaigns:write')
  @Repeatable()
  @Answers(MoveReportSchema)
  undo(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: UndoMoveDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.undoMove, { campaignId, ...plain(body) }, caller);
  }

  @Get(':campaignId/sequence')
  @Route('The sequence as a file to keep or to put into another campaign (F017).', 'campaigns:read')
  @ApiOkResponse({ description: 'A sequence file, as PUT takes it', schema: { type: 'object' } })
  async export(
    @Param('campaignId', IdPipe) campaignId: string,
    @Query() { version }: VersionQuery,
    @From() caller: Caller,
  ): Promise<unknown> {
    const request = { campaignId, version };
    const { fileJson } = await this.backend.call(rpc.exportSequence, request, caller);
    return JSON.parse(fileJson);
  }

  @Put(':campaignId/sequence')
  @Route(
    'Put the sequence of a file into a campaign; a bad file names its fields.',
    'campaigns:write',
  )
  @ApiBody({ schema: { type: 'object' }, description: 'What GET of this route gave' })
  @Answers(CampaignSchema)
  import(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: object,
    @IfMatch() expectedVersion: number,
    @From() caller: Caller,
  ) {
    const request = { campaignId, fileJson: JSON.stringify(body), expectedVersion };
    return this.backend.ask(rpc.importSequence, request, caller, reviseMs);
  }
}
