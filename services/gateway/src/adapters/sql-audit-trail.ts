import { TransientError } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import { chainHash } from '../app/audit-log.js';
import { AuditTrail, type AuditEntry, type NumberedAuditEntry } from '../app/ports.js';

interface Head {
  readonly number: number;
  readonly hash: string;
}

const triesMax = 10;
const headsMax = 10_000;

/**
 * The audit log as plain SQL: every write of every workspace passes here, so a group of entries is one statement. It
 * moves the chain's end from where we saw it last, or, when another gateway was faster, changes nothing.
 */
export class SqlAuditTrail extends AuditTrail {
  private readonly heads = new Map<string, Head>();

  constructor(private readonly database: Database) {
    super();
  }

  async append(tenantId: string, entries: readonly AuditEntry[]): Promise<void> {
    for (let attempt = 1; attempt <= triesMax; attempt++) {
      const head = this.heads.get(tenantId) ?? (await this.readHead(tenantId));
      const rows = chained(entries, head);
      if (await this.appendAfter(tenantId, head, rows)) {
        this.remember(tenantId, rows.at(-1) ?? head);
        return;
      }
      this.heads.delete(tenantId);
    }
    throw new TransientError(`The audit log was still moving after ${triesMax} attempts.`);
  }

  async page(
    tenantId: string,
    { before, limit }: { readonly before: number; readonly limit: number },
  ): Promise<NumberedAuditEntry[]> {
    const { rows } = await this.database.tenant(tenantId, (tx) =>
      tx.query<NumberedAuditEntry>(
        `select number, at, actor, action, target, status, address, request_id as "requestId", hash
         from audit_entries where tenant_id = $1 and number < $2 order by number desc limit $3`,
        [tenantId, before, limit],
      ),
    );
    return rows;
  }

  private async readHead(tenantId: string): Promise<Head> {
    const { rows } = await this.database.statements.query<Head>(
      'select audit_number as number, audit_hash as hash from workspaces where tenant_id = $1',
      [tenantId],
    );
    if (rows[0] === undefined) throw new Error(`There is no workspace ${tenantId}.`);
    return rows[0];
  }

  private async appendAfter(tenantId: string, head: Head, rows: readonly Row[]): Promise<boolean> {
    const last = rows.at(-1) ?? head;
    const { rowCount } = await this.database.statements.query({
      ...append,
      values: [tenantId, head.number, last.number, last.hash, JSON.stringify(rows)],
    });
    return rowCount === rows.length;
  }

  private remember(tenantId: string, { number, hash }: Head): void {
    if (this.heads.size >= headsMax) this.heads.clear();
    this.heads.set(tenantId, { number, hash });
  }
}

type Row = AuditEntry & Head;

const append = {
  name: 'gateway-append-audit',
  text: `with moved as (
      update workspaces set audit_number = $3, audit_hash = $4
      where tenant_id = $1 and audit_number = $2 returning tenant_id)
    insert into audit_entries
      (tenant_id, number, at, actor, action, target, status, address, request_id, hash)
    select moved.tenant_id, number, at, actor, action, target, status, address, "requestId", hash
    from moved, json_to_recordset($5) as entry (number bigint, at timestamptz, actor text, action text,
      target text, status integer, address text, "requestId" text, hash text)`,
};

function chained(entries: readonly AuditEntry[], head: Head): Row[] {
  let { hash } = head;
  return entries.map((entry, index) => {
    const number = head.number + index + 1;
    hash = chainHash(hash, number, entry);
    return { ...entry, number, hash };
  });
}
