import { Body, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  CampaignService,
  DoNotContactEntrySchema,
  DoNotContactPageSchema,
} from '@overture/contracts';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Answers, NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';

const rpc = CampaignService.method;

export class AddDoNotContactDto {
  @ApiPropertyOptional({ description: 'A person; exactly one of the four' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  linkedinUrl: string = '';

  @ApiPropertyOptional({ description: 'Whoever has this e-mail address' })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  email: string = '';

  @ApiPropertyOptional({
    description: 'Everybody whose e-mail address or company website is of this domain or below it',
  })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  domain: string = '';

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

const kinds = ['person', 'email', 'company', 'domain'] as const;

export class DoNotContactQuery extends PageQuery {
  @ApiPropertyOptional({ enum: kinds })
  @IsOptional()
  @IsIn(kinds)
  kind: string = '';
}

@Resource('v1/do-not-contact', 'Leads')
export class DoNotContactController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route(
    'Never contact this person, address, company or domain again; what is planned stops (F054).',
    'leads:write',
  )
  @NeverRefused()
  @Repeatable()
  @Answers(DoNotContactEntrySchema, 201)
  add(@Body() body: AddDoNotContactDto, @From() caller: Caller) {
    return this.backend.ask(rpc.addDoNotContact, plain(body), caller);
  }

  @Get()
  @Route('List who is not to be contacted.', 'leads:read')
  @Answers(DoNotContactPageSchema)
  list(@Query() query: DoNotContactQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listDoNotContact, plain(query), caller);
  }

  @Delete(':entryId')
  @Route('Take an entry off the list.', 'leads:write')
  @Answers(DoNotContactEntrySchema)
  remove(@Param('entryId', IdPipe) entryId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.removeDoNotContact, { entryId }, caller);
  }
}
