import { NotFoundError, type Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import {
  Endpoints,
  type Endpoint,
  type EndpointKey,
  type EndpointSettings,
  type EndpointStatus,
  type OpenEndpoint,
  type Page,
  type Rotation,
} from '../app/ports.js';
import type { SecretSealer } from './sealed.js';

const columns = `tenant_id as "tenantId", endpoint_id as "endpointId", url, event_types as "eventTypes",
  campaign_ids as "campaignIds", ordering as "order", description, status,
  disabled_because as "disabledBecause", created_at as "createdAt"`;

export class SqlEndpoints extends Endpoints {
  constructor(private readonly sealer: SecretSealer) {
    super();
  }

  async add(tx: Transaction, endpoint: OpenEndpoint): Promise<void> {
    const { tenantId, endpointId, createdAt } = endpoint;
    const secret = this.sealer.seal(endpoint.secrets[0] ?? '', place(endpoint, 'secret'));
    const headers = this.sealer.seal(JSON.stringify(endpoint.headers), place(endpoint, 'headers'));
    await tx.query(
      `insert into endpoints (tenant_id, endpoint_id, url, event_types, campaign_ids, ordering, description,
         wrapped_by, secret, headers_wrapped_by, headers, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tenantId,
        endpointId,
        endpoint.url,
        endpoint.eventTypes,
        endpoint.campaignIds,
        endpoint.order,
        endpoint.description,
        secret.wrappedBy,
        secret.box,
        headers.wrappedBy,
        headers.box,
        createdAt,
      ],
    );
  }

  async find(tx: Transaction, { tenantId, endpointId }: EndpointKey): Promise<Endpoint> {
    const { rows } = await tx.query<Endpoint>(
      `select ${columns} from endpoints
       where tenant_id = $1 and endpoint_id = $2 and status <> 'deleted'`,
      [tenantId, endpointId],
    );
    if (!rows[0]) throw new NotFoundError('endpoint', endpointId);
    return rows[0];
  }

  async page(tx: Transaction, tenantId: string, { after, limit }: Page): Promise<Endpoint[]> {
    const { rows } = await tx.query<Endpoint>(
      `select ${columns} from endpoints
       where tenant_id = $1 and endpoint_id > $2 and status <> 'deleted' order by endpoint_id limit $3`,
      [tenantId, after, limit],
    );
    return rows;
  }

  async change(tx: Transaction, of: EndpointKey, settings: EndpointSettings): Promise<void> {
    const headers = this.sealer.seal(JSON.stringify(settings.headers), place(of, 'headers'));
    await tx.query(
      `update endpoints set url = $3, event_types = $4, campaign_ids = $5, ordering = $6, description = $7,
         headers_wrapped_by = $8, headers = $9
       where tenant_id = $1 and endpoint_id = $2`,
      [
        of.tenantId,
        of.endpointId,
        settings.url,
        settings.eventTypes,
        settings.campaignIds,
        settings.order,
        settings.description,
        headers.wrappedBy,
        headers.box,
      ],
    );
  }

  async setStatus(
    tx: Transaction,
    of: EndpointKey,
    { status, because }: EndpointStatus,
  ): Promise<void> {
    await tx.query(
      `update endpoints set status = $3, disabled_because = $4,
         failures = 0, failing_since = null, open_until = null
       where tenant_id = $1 and endpoint_id = $2`,
      [of.tenantId, of.endpointId, status, because],
    );
  }

  async rotate(tx: Transaction, of: EndpointKey, { secret, formerUntil }: Rotation): Promise<void> {
    const { rows } = await tx.query<SecretRow>(
      'select wrapped_by, secret from endpoints where tenant_id = $1 and endpoint_id = $2 for update',
      [of.tenantId, of.endpointId],
    );
    const row = rows[0];
    if (!row) throw new NotFoundError('endpoint', of.endpointId);
    const former = this.sealer.open(
      { wrappedBy: row.wrapped_by, box: row.secret },
      place(of, 'secret'),
    );
    const [sealed, sealedFormer] = [
      this.sealer.seal(secret, place(of, 'secret')),
      this.sealer.seal(former, place(of, 'former_secret')),
    ];
    await tx.query(
      `update endpoints set wrapped_by = $3, secret = $4, former_wrapped_by = $5, former_secret = $6,
         former_until = $7
       where tenant_id = $1 and endpoint_id = $2`,
      [
        of.tenantId,
        of.endpointId,
        sealed.wrappedBy,
        sealed.box,
        sealedFormer.wrappedBy,
        sealedFormer.box,
        formerUntil,
      ],
    );
  }

  async open(tx: Transaction, keys: readonly EndpointKey[], now: Instant): Promise<OpenEndpoint[]> {
    if (keys.length === 0) return [];
    const { rows } = await tx.query<Endpoint & SecretRow & OptionalSecretRow>(
      `select ${columns}, wrapped_by, secret, headers_wrapped_by, headers,
         former_wrapped_by, case when former_until > $3 then former_secret end as former_secret
       from endpoints where (tenant_id, endpoint_id) in (select * from unnest($1::text[], $2::text[]))`,
      [keys.map(({ tenantId }) => tenantId), keys.map(({ endpointId }) => endpointId), now],
    );
    return rows.map((row) => this.opened(row));
  }

  private opened(row: Endpoint & SecretRow & OptionalSecretRow): OpenEndpoint {
    const open = (wrappedBy: string, box: Buffer, column: string): string =>
      this.sealer.open({ wrappedBy, box }, place(row, column));
    const secrets = [open(row.wrapped_by, row.secret, 'secret')];
    if (row.former_wrapped_by && row.former_secret) {
      secrets.push(open(row.former_wrapped_by, row.former_secret, 'former_secret'));
    }
    const headers = JSON.parse(open(row.headers_wrapped_by, row.headers, 'headers'));
    return { ...row, secrets, headers };
  }
}

interface SecretRow {
  readonly wrapped_by: string;
  readonly secret: Buffer;
}

interface OptionalSecretRow {
  readonly headers_wrapped_by: string;
  readonly headers: Buffer;
  readonly former_wrapped_by: string | null;
  readonly former_secret: Buffer | null;
}

function place({ tenantId, endpointId }: EndpointKey, column: string): string {
  return `endpoints ${tenantId} ${endpointId} ${column}`;
}
