import { row, execute, type Sql } from './sql.js';

export interface WebhookTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function webhookTarget(sql: Sql, workspace: string): Promise<WebhookTarget | undefined> {
  return row(sql, 'select url, headers from webhook_targets where workspace = $1', [workspace]);
}

export async function setWebhookTarget(
  sql: Sql,
  workspace: string,
  { url, headers }: WebhookTarget,
): Promise<void> {
  await execute(
    sql,
    `insert into webhook_targets (workspace, url, headers) values ($1, $2, $3)
     on conflict (workspace) do update set url = excluded.url, headers = excluded.headers`,
    [workspace, url, JSON.stringify(headers)],
  );
}
