import { classified } from '@overture/event-store';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';
import { IdempotencyRecordEntity } from './idempotency-record.entity.js';
import { WorkspaceEntity } from './workspace.entity.js';

type Work<T> = (manager: EntityManager) => Promise<T>;

const connectionsMax = 4;

export function dataSourceOptions(url: string, schema: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    schema,
    applicationName: `overture-${schema}-orm`,
    entities: [WorkspaceEntity, ApiKeyEntity, IdempotencyRecordEntity],
    synchronize: false,
    poolSize: connectionsMax,
    extra: {
      options: `-c search_path=${schema} -c timezone=UTC`,
      statement_timeout: 30_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
}

/** TypeORM under row security: every piece of work is a transaction of one tenant, or of the worker role. */
export class TenantDataSource {
  constructor(
    private readonly source: DataSource,
    private readonly schema: string,
  ) {}

  tenant<T>(tenantId: string, work: Work<T>): Promise<T> {
    return this.transaction(["select set_config('app.tenant_id', $1, true)", [tenantId]], work);
  }

  worker<T>(work: Work<T>): Promise<T> {
    return this.transaction([`set local role "${this.schema}_worker"`, []], work);
  }

  private async transaction<T>(
    [statement, values]: [statement: string, values: string[]],
    work: Work<T>,
  ): Promise<T> {
    try {
      return await this.source.transaction(async (manager) => {
        await manager.query(statement, values);
        return work(manager);
      });
    } catch (error) {
      throw classified(error);
    }
  }
}
