import type { Transaction } from '@overture/event-store';
import { HookRows, type HookRow, type StoredNotice } from '../app/ingest.js';

export class SqlHookRows extends HookRows {
  async add(tx: Transaction, hook: HookRow): Promise<void> {
    const { tenantId, provider, tokenSha256, secretSha256, createdAt } = hook;
    await tx.query(
      `insert into hooks (tenant_id, provider, token_sha256, secret_sha256, created_at)
       values ($1, $2, $3, $4, $5)`,
      [tenantId, provider, tokenSha256, secretSha256, createdAt],
    );
  }

  async byToken(tx: Transaction, tokenSha256: string): Promise<HookRow | undefined> {
    const { rows } = await tx.query<HookRow>(
      `select tenant_id as "tenantId", provider, token_sha256 as "tokenSha256",
         secret_sha256 as "secretSha256", created_at as "createdAt"
       from hooks where token_sha256 = $1`,
      [tokenSha256],
    );
    return rows[0];
  }

  async store(tx: Transaction, notice: StoredNotice): Promise<boolean> {
    const { tenantId, ingestId, provider, naturalKey, kind, body, receivedAt } = notice;
    const { rowCount } = await tx.query(
      `insert into ingest (tenant_id, ingest_id, provider, natural_key, kind, body, received_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, provider, natural_key) do nothing`,
      [tenantId, ingestId, provider, naturalKey, kind, Buffer.from(body), receivedAt],
    );
    return rowCount === 1;
  }
}
