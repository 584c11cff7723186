import { Body, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  CampaignService,
  DoNotContactEntrySchema,
  DoNotContactPageSchema,
} from '@overture/contracts';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Answers, NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';

const rpc = CampaignService.method;

export class AddDoNotContactDto {
  @ApiPropertyOptional({ description: 'A person; exactly one of the two' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  linkedinUrl: string = '';

  @ApiPropertyOptional({ description: 'Everybody of a company' })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  companyName: string = '';

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(400)
  reason: string = '';
}

@Resource('v1/do-not-contact', 'Leads')
export class DoNotContactController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Never contact this person or company again; what is planned stops.', 'leads:write')
  @NeverRefused()
  @Repeatable()
  @Answers(DoNotContactEntrySchema, 201)
  add(@Body() body: AddDoNotContactDto, @From() caller: Caller) {
    return this.backend.ask(rpc.addDoNotContact, plain(body), caller);
  }

  @Get()
  @Route('List who is not to be contacted.', 'leads:read')
  @Answers(DoNotContactPageSchema)
  list(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listDoNotContact, plain(page), caller);
  }

  @Delete(':entryId')
  @Route('Take an entry off the list.', 'leads:write')
  @Answers(DoNotContactEntrySchema)
  remove(@Param('entryId', IdPipe) entryId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.removeDoNotContact, { entryId }, caller);
  }
}
