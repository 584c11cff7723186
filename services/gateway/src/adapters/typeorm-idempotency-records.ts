import type { Instant } from '@overture/kernel';
import { LessThan, type EntityManager } from 'typeorm';
import {
  IdempotencyRecords,
  type IdempotencyClaim,
  type IdempotencyRecord,
  type StoredAnswer,
} from '../app/ports.js';
import { IdempotencyRecordEntity } from './idempotency-record.entity.js';
import type { TenantDataSource } from './tenant-data-source.js';

type RecordKey = Pick<IdempotencyClaim, 'tenantId' | 'keySha256'>;

export class TypeormIdempotencyRecords extends IdempotencyRecords {
  constructor(private readonly data: TenantDataSource) {
    super();
  }

  claim(claim: IdempotencyClaim): Promise<'claimed' | IdempotencyRecord> {
    return this.data.tenant(claim.tenantId, async (manager) => {
      if (await inserted(manager, claim)) return 'claimed';
      // The row exists; whoever locks it first may take it over, and the next one sees that.
      const row = await lockedRow(manager, claim);
      if (row === null || isLeftBehind(row, claim.now)) {
        await manager.save(IdempotencyRecordEntity, fresh(claim));
        return 'claimed';
      }
      return { requestSha256: row.requestSha256, answer: answerOf(row) };
    });
  }

  async answer(key: RecordKey, { status, sealedBy, box }: StoredAnswer): Promise<void> {
    await this.data.tenant(key.tenantId, (manager) =>
      manager.update(IdempotencyRecordEntity, key, {
        status: 'answered',
        responseStatus: status,
        responseSealedBy: sealedBy,
        responseBox: box,
      }),
    );
  }

  async forget(key: RecordKey): Promise<void> {
    await this.data.tenant(key.tenantId, (manager) => manager.delete(IdempotencyRecordEntity, key));
  }

  async removeExpired(now: Instant): Promise<number> {
    const removed = await this.data.worker((manager) =>
      manager.delete(IdempotencyRecordEntity, { expiresAt: LessThan(now) }),
    );
    return removed.affected ?? 0;
  }
}

async function inserted(manager: EntityManager, claim: IdempotencyClaim): Promise<boolean> {
  const insert = manager.createQueryBuilder().insert().into(IdempotencyRecordEntity);
  const { raw } = await insert.values(fresh(claim)).orIgnore().returning('key_sha256').execute();
  return (raw as unknown[]).length === 1;
}

function lockedRow(
  manager: EntityManager,
  { tenantId, keySha256 }: RecordKey,
): Promise<IdempotencyRecordEntity | null> {
  return manager.findOne(IdempotencyRecordEntity, {
    where: { tenantId, keySha256 },
    lock: { mode: 'pessimistic_write' },
  });
}

function isLeftBehind(row: IdempotencyRecordEntity, now: Instant): boolean {
  return row.expiresAt <= now || (row.status === 'in_flight' && row.lockedUntil <= now);
}

function fresh(claim: IdempotencyClaim): IdempotencyRecordEntity {
  const { now: _, ...columns } = claim;
  return Object.assign(new IdempotencyRecordEntity(), {
    ...columns,
    status: 'in_flight',
    responseStatus: null,
    responseSealedBy: null,
    responseBox: null,
  });
}

function answerOf(row: IdempotencyRecordEntity): StoredAnswer | undefined {
  const { responseStatus, responseSealedBy, responseBox } = row;
  if (responseStatus === null || responseSealedBy === null || responseBox === null) {
    return undefined;
  }
  return { status: responseStatus, sealedBy: responseSealedBy, box: responseBox };
}
