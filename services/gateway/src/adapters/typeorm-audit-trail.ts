import { LessThan } from 'typeorm';
import { chainHash } from '../app/audit-log.js';
import { AuditTrail, type AuditEntry, type NumberedAuditEntry } from '../app/ports.js';
import { AuditEntryEntity } from './audit-entry.entity.js';
import type { TenantDataSource } from './tenant-data-source.js';
import { WorkspaceEntity } from './workspace.entity.js';

export class TypeormAuditTrail extends AuditTrail {
  constructor(private readonly data: TenantDataSource) {
    super();
  }

  append(tenantId: string, entries: readonly AuditEntry[]): Promise<void> {
    return this.data.tenant(tenantId, async (manager) => {
      const head = await manager.findOneOrFail(WorkspaceEntity, {
        where: { tenantId },
        lock: { mode: 'pessimistic_write' },
      });
      const rows = chained(entries, Number(head.auditNumber), head.auditHash);
      await manager.insert(AuditEntryEntity, rows);
      const last = rows.at(-1);
      if (last === undefined) return;
      const end = { auditNumber: last.number, auditHash: last.hash };
      await manager.update(WorkspaceEntity, { tenantId }, end);
    });
  }

  async page(
    tenantId: string,
    { before, limit }: { readonly before: number; readonly limit: number },
  ): Promise<NumberedAuditEntry[]> {
    const rows = await this.data.tenant(tenantId, (manager) =>
      manager.find(AuditEntryEntity, {
        where: { tenantId, number: LessThan(String(before)) },
        order: { number: 'DESC' },
        take: limit,
      }),
    );
    return rows.map(numbered);
  }
}

function chained(
  entries: readonly AuditEntry[],
  lastNumber: number,
  lastHash: string,
): AuditEntryEntity[] {
  let hash = lastHash;
  return entries.map((entry, index) => {
    const number = lastNumber + index + 1;
    hash = chainHash(hash, number, entry);
    return Object.assign(new AuditEntryEntity(), { ...entry, number: String(number), hash });
  });
}

function numbered(row: AuditEntryEntity): NumberedAuditEntry {
  const { at, actor, action, target, status, address, requestId, hash } = row;
  const number = Number(row.number);
  return { number, at, actor, action, target, status, address, requestId, hash };
}
