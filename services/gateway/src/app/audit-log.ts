import { createHash } from 'node:crypto';
import type { AuditEntry, AuditTrail } from './ports.js';

interface Waiting {
  readonly entry: AuditEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes entries in groups: whoever comes while a group is being written goes with the next one. */
export class AuditLog {
  private readonly waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly trail: AuditTrail) {}

  /** Resolves when the entry is stored. */
  record(entry: AuditEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, resolve, reject });
      if (!this.writing) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const groups = byTenant(this.waiting.splice(0));
      await Promise.all([...groups].map(([tenantId, group]) => this.write(tenantId, group)));
    }
    this.writing = false;
  }

  private async write(tenantId: string, group: readonly Waiting[]): Promise<void> {
    try {
      await this.trail.append(
        tenantId,
        group.map(({ entry }) => entry),
      );
      group.forEach(({ resolve }) => resolve());
    } catch (error) {
      group.forEach(({ reject }) => reject(error));
    }
  }
}

/** Ties an entry to the one before it: changing or removing any entry breaks every later hash. */
export function chainHash(previous: string, number: number, entry: AuditEntry): string {
  const { tenantId, at, actor, action, target, status, address, requestId } = entry;
  const content = [
    previous,
    tenantId,
    number,
    at,
    actor,
    action,
    target,
    status,
    address,
    requestId,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function byTenant(waiting: readonly Waiting[]): Map<string, Waiting[]> {
  const groups = new Map<string, Waiting[]>();
  for (const one of waiting) {
    const group = groups.get(one.entry.tenantId) ?? [];
    groups.set(one.entry.tenantId, [...group, one]);
  }
  return groups;
}
