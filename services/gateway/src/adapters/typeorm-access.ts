import type { Instant } from '@overture/kernel';
import { IsNull, type EntityManager } from 'typeorm';
import { Access, type StoredKey, type Workspace } from '../app/ports.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { TenantDataSource } from './tenant-data-source.js';
import { WorkspaceEntity } from './workspace.entity.js';

export class TypeormAccess extends Access {
  constructor(private readonly data: TenantDataSource) {
    super();
  }

  async workspace(tenantId: string): Promise<Workspace | undefined> {
    const row = await this.data.tenant(tenantId, (manager) =>
      manager.findOneBy(WorkspaceEntity, { tenantId }),
    );
    return row === null ? undefined : toWorkspace(row);
  }

  async put(workspace: Workspace, key: StoredKey): Promise<void> {
    const { tenantId } = workspace;
    await this.data.tenant(tenantId, async (manager) => {
      const workspaces = manager.createQueryBuilder().insert().into(WorkspaceEntity);
      await workspaces
        .values({ ...workspace })
        .orUpdate(['name'], ['tenant_id'])
        .execute();
      const keys = manager.createQueryBuilder().insert().into(ApiKeyEntity);
      await keys
        .values(toEntity(key))
        .orUpdate(['secret_sha256', 'scopes', 'name'], ['tenant_id', 'key_id'])
        .execute();
    });
  }

  async addKey(key: StoredKey): Promise<void> {
    await this.data.tenant(key.tenantId, (manager) => manager.insert(ApiKeyEntity, toEntity(key)));
  }

  async keys(tenantId: string): Promise<StoredKey[]> {
    const rows = await this.data.tenant(tenantId, (manager) =>
      manager.find(ApiKeyEntity, { where: { tenantId }, order: { createdAt: 'ASC' } }),
    );
    return rows.map(toKey);
  }

  async findKey(keyId: string): Promise<StoredKey | undefined> {
    const row = await this.data.worker((manager) => manager.findOneBy(ApiKeyEntity, { keyId }));
    return row === null ? undefined : toKey(row);
  }

  revoke(tenantId: string, keyId: string, at: Instant): Promise<boolean> {
    return this.data.tenant(tenantId, async (manager) => {
      await manager.update(
        ApiKeyEntity,
        { tenantId, keyId, revokedAt: IsNull() },
        { revokedAt: at },
      );
      return exists(manager, { tenantId, keyId });
    });
  }

  async touch({ tenantId, keyId }: StoredKey, at: Instant): Promise<void> {
    await this.data.tenant(tenantId, (manager) =>
      manager.update(ApiKeyEntity, { tenantId, keyId }, { lastUsedAt: at }),
    );
  }
}

function exists(
  manager: EntityManager,
  key: { tenantId: string; keyId: string },
): Promise<boolean> {
  return manager.existsBy(ApiKeyEntity, key);
}

function toWorkspace({ tenantId, name, createdAt }: WorkspaceEntity): Workspace {
  return { tenantId, name, createdAt };
}

function toKey(row: ApiKeyEntity): StoredKey {
  return {
    tenantId: row.tenantId,
    keyId: row.keyId,
    name: row.name,
    secretSha256: row.secretSha256,
    scopes: row.scopes,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
    lastUsedAt: row.lastUsedAt ?? undefined,
  };
}

function toEntity(key: StoredKey): ApiKeyEntity {
  return Object.assign(new ApiKeyEntity(), {
    ...key,
    scopes: [...key.scopes],
    expiresAt: key.expiresAt ?? null,
    revokedAt: key.revokedAt ?? null,
    lastUsedAt: key.lastUsedAt ?? null,
  });
}
