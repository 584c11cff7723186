import { Body, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { NotFoundError } from '@overture/kernel';
import { AccessDeps, createWorkspace } from '../../app/manage-access.js';
import { Repeatable, Resource, Route } from '../http/api.js';
import { From, type Caller } from '../http/caller.js';
import {
  CreateWorkspaceDto,
  keyView,
  NewWorkspaceView,
  WorkspacesView,
  workspaceView,
} from './workspace.dto.js';

@Resource('v1/workspaces', 'Workspace')
export class WorkspacesController {
  constructor(private readonly deps: AccessDeps) {}

  @Post()
  @Route('Add a workspace; its first key is shown once.', 'installation')
  @Repeatable()
  @ApiCreatedResponse({ type: NewWorkspaceView })
  async create(@Body() { name }: CreateWorkspaceDto): Promise<NewWorkspaceView> {
    const { workspace, issued } = await createWorkspace(this.deps, name);
    const firstKey = { ...keyView(issued.key), key: issued.text };
    return { ...workspaceView(workspace), firstKey };
  }

  @Get()
  @Route('The workspace that this key belongs to.', 'workspace:read')
  @ApiOkResponse({ type: WorkspacesView })
  async own(@From() { tenantId }: Caller): Promise<WorkspacesView> {
    const workspace = await this.deps.access.workspace(tenantId);
    if (workspace === undefined) throw new NotFoundError('workspace', tenantId);
    return { workspaces: [workspaceView(workspace)] };
  }
}
