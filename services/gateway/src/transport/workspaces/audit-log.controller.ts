import { Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InvalidInputError } from '@overture/kernel';
import { AuditTrail } from '../../app/ports.js';
import { Resource, Route } from '../http/api.js';
import { From, type Caller } from '../http/caller.js';
import { PageQuery } from '../http/paging.js';

export class AuditEntryView {
  @ApiProperty()
  number!: number;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  actor!: string;

  @ApiProperty()
  action!: string;

  @ApiProperty()
  target!: string;

  @ApiProperty()
  status!: number;

  @ApiProperty()
  address!: string;

  @ApiProperty()
  requestId!: string;

  @ApiProperty({ description: 'SHA-256 over this entry and the hash of the one before it' })
  hash!: string;
}

export class AuditPageView {
  @ApiProperty({ type: [AuditEntryView] })
  entries!: AuditEntryView[];

  @ApiPropertyOptional()
  nextCursor?: string;
}

@Resource('v1/audit-log', 'Workspace')
export class AuditLogController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Route('Who did what, newest first; the entries form a hash chain.', 'workspace:read')
  @ApiOkResponse({ type: AuditPageView })
  async list(@Query() page: PageQuery, @From() { tenantId }: Caller): Promise<AuditPageView> {
    const { limit } = page;
    const entries = await this.trail.page(tenantId, { before: numberBefore(page.cursor), limit });
    const last = entries.at(-1);
    const more = last !== undefined && entries.length === limit && last.number > 1;
    return { entries, ...(more && { nextCursor: String(last.number) }) };
  }
}

function numberBefore(cursor: string): number {
  if (cursor === '') return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  const message = 'Expected the nextCursor of the page before.';
  throw new InvalidInputError([{ path: '/cursor', message }]);
}
