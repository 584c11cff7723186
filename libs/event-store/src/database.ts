import pg from 'pg';
import type { Clock } from '@overture/kernel';
import { Codec, type Upcasters } from './codec.js';
import { classified } from './errors.js';
import { appendChannel, Notifier } from './notifier.js';
import { Transaction } from './transaction.js';

export interface DatabaseOptions {
  readonly url: string;
  readonly schema: string;
  readonly applicationName: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Connections for transactions; the store's own few come on top. */
  readonly max?: number;
  readonly upcasters?: Upcasters;
  readonly timeouts?: Partial<Timeouts>;
}

export interface Timeouts {
  readonly statementMs: number;
  readonly lockMs: number;
  readonly idleInTransactionMs: number;
  readonly connectMs: number;
}

const defaultTimeouts: Timeouts = {
  statementMs: 30_000,
  lockMs: 5_000,
  idleInTransactionMs: 30_000,
  connectMs: 10_000,
};
const connectionsMax = 8;
const storeConnectionsMax = 3;

/** One service's schema: transactions for one tenant, transactions across tenants, and the pools below them. */
export class Database {
  readonly schema: string;
  readonly workerRole: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly codec: Codec;
  readonly notifier: Notifier;
  private readonly transactions: pg.Pool;
  /** Connections that act as the worker role, for single statements that name their tenants themselves. */
  readonly statements: pg.Pool;

  constructor(private readonly options: DatabaseOptions) {
    this.schema = options.schema;
    this.workerRole = `${options.schema}_worker`;
    this.clock = options.clock;
    this.codec = new Codec(options.upcasters);
    this.transactions = this.pool(options.max ?? connectionsMax, {});
    this.statements = this.pool(storeConnectionsMax, { role: this.workerRole });
    this.notifier = new Notifier(this.statements, appendChannel(this.schema));
  }

  /** Runs `work` in one transaction that sees and writes rows of one tenant only. */
  tenant<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const opening = `set local app.tenant_id = ${pg.escapeLiteral(tenantId)}`;
    return this.run({ opening, tenantId }, work);
  }

  /** Runs `work` in one transaction across tenants, as the worker role. */
  worker<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.run({ opening: `set local role ${pg.escapeIdentifier(this.workerRole)}` }, work);
  }

  /** A connection outside the pools, for LISTEN; the caller ends it. */
  dedicatedClient(): pg.Client {
    return new pg.Client(this.clientConfig({}));
  }

  async close(): Promise<void> {
    await Promise.all([this.transactions.end(), this.statements.end()]);
  }

  private async run<T>(
    { opening, tenantId }: { opening: string; tenantId?: string },
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const client = await this.connect();
    const tx = new Transaction(client, this, tenantId);
    let broken: Error | undefined;
    try {
      await client.query(`begin; ${opening}`);
      const result = await work(tx);
      await tx.commit();
      return result;
    } catch (error) {
      broken = await rolledBack(client);
      throw classified(error);
    } finally {
      client.release(broken);
      tx.settle();
    }
  }

  private async connect(): Promise<pg.PoolClient> {
    try {
      return await this.transactions.connect();
    } catch (error) {
      throw classified(error);
    }
  }

  private pool(max: number, settings: Record<string, string>): pg.Pool {
    const pool = new pg.Pool({ ...this.clientConfig(settings), max });
    // A connection may break while idle or between two statements; whoever uses it next gets the error, or a new one.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }

  private clientConfig(settings: Record<string, string>): pg.ClientConfig {
    const timeouts = { ...defaultTimeouts, ...this.options.timeouts };
    const all = {
      search_path: pg.escapeIdentifier(this.schema),
      timezone: 'UTC',
      // A writer that had to wait must see what it waited for, whatever the server's default is.
      default_transaction_isolation: 'read\\ committed',
      ...settings,
    };
    return {
      connectionString: this.options.url,
      application_name: this.options.applicationName,
      options: Object.entries(all)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      statement_timeout: timeouts.statementMs,
      lock_timeout: timeouts.lockMs,
      idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
      connectionTimeoutMillis: timeouts.connectMs,
      keepAlive: true,
      types: { getTypeParser },
    };
  }
}

/** Ends the transaction; an error here means that the connection itself is gone. */
async function rolledBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

// Counts fit a double for 2^53 rows, and moments are instants everywhere else: no Date or bigint leaves this lib.
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.TIMESTAMPTZ, (text) => instantFrom(text)],
]);

// Sessions run in UTC, so the text is always `2026-03-04 09:15:00.123+00`, with as many decimals as are not zero. By way
// of a Date each would cost 0.7 µs more, which tells where a relay reads thousands.
function instantFrom(text: string): string {
  if (text.endsWith('infinity')) return text;
  const milliseconds = text.slice(20, -3).slice(0, 3).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`;
}

const getTypeParser = ((oid: number, format?: 'text') =>
  parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;
