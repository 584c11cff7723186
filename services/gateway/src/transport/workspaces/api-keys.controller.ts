import { Body, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { instant } from '@overture/kernel';
import { Authenticator } from '../../app/authenticator.js';
import { AccessDeps, issueKey, revokeKey } from '../../app/manage-access.js';
import { NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { CreateKeyDto, KeysView, keyView, KeyWithTextView } from './workspace.dto.js';

@Resource('v1/api-keys', 'Workspace')
export class ApiKeysController {
  constructor(
    private readonly deps: AccessDeps,
    private readonly authenticator: Authenticator,
  ) {}

  @Post()
  @Route('Make a key with scopes of your own (F113); it is shown once.', 'workspace:write')
  @Repeatable()
  @ApiCreatedResponse({ type: KeyWithTextView })
  async create(
    @Body() { name, scopes, expiresAt }: CreateKeyDto,
    @From() caller: Caller,
  ): Promise<KeyWithTextView> {
    const wanted = { name, scopes, expiresAt: expiresAt ? instant(expiresAt) : undefined };
    const { key, text } = await issueKey(this.deps, caller, wanted);
    return { ...keyView(key), key: text };
  }

  @Get()
  @Route('List the keys; nobody can read them again.', 'workspace:read')
  @ApiOkResponse({ type: KeysView })
  async list(@From() { tenantId }: Caller): Promise<KeysView> {
    return { keys: (await this.deps.access.keys(tenantId)).map(keyView) };
  }

  @Delete(':keyId')
  @HttpCode(204)
  @Route('Revoke a key; other gateways stop taking it within five seconds.', 'workspace:write')
  @NeverRefused()
  @ApiNoContentResponse()
  async revoke(@Param('keyId', IdPipe) keyId: string, @From() { tenantId }: Caller): Promise<void> {
    await revokeKey(this.deps, tenantId, keyId);
    this.authenticator.forget(keyId);
  }
}
