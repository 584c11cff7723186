import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { WebhookService } from '@overture/contracts';
import { NotFoundError } from '@overture/kernel';
import type { FastifyRequest } from 'fastify';
import { Backend } from '../http/backend.js';
import { IdPipe } from '../http/id.pipe.js';

// Below the time-out of every provider: they count a late answer as a failure.
const ingestMs = 4_000;
const withheld = new Set(['authorization', 'cookie', 'proxy-authorization', 'connection', 'host']);

/** What providers call. Whether they may is for the webhook service to say; it must be stored before we say yes. */
@Controller('hooks')
@ApiTags('Provider webhooks')
export class HooksController {
  constructor(private readonly backend: Backend) {}

  @Post(':provider/:token')
  @HttpCode(200)
  @ApiOperation({ summary: 'A callback of a provider; answered once it is stored.' })
  async ingest(
    @Param('provider', IdPipe) provider: string,
    @Param('token', IdPipe) token: string,
    @Body() body: Buffer | undefined,
    @Req() request: FastifyRequest,
  ): Promise<{ result: string }> {
    const message = {
      provider,
      token,
      headers: textHeaders(request.headers),
      body: body ?? new Uint8Array(),
    };
    // The workspace follows from the token, which only the webhook service knows.
    const anybody = { tenantId: '', keyId: `hook-${provider}`, requestId: request.id };
    const method = WebhookService.method.ingestProviderWebhook;
    const { result } = await this.backend.call(method, message, anybody, ingestMs);
    if (result === 'refused') throw new NotFoundError('hook', '?');
    return { result };
  }
}

function textHeaders(headers: FastifyRequest['headers']): Record<string, string> {
  const kept = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !withheld.has(entry[0]),
  );
  return Object.fromEntries(kept);
}
