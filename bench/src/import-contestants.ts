import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import type { DescMessage, DescMethodUnary, MessageInitShape } from '@bufbuild/protobuf';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { parse } from 'csv-parse';
import pg from 'pg';
import { ActionKind, CampaignService, CampaignType } from '@overture/contracts';
import { createDatabase, letConnect, provisionSchema } from '@overture/event-store';
import { LeadFile } from '@overture/lead-import';
import { Activity, RpcClient } from '@overture/messaging';
import { cpuMicrosOf, withClient } from './harness.js';

/** One way of getting a file of people into a database. */
export interface Importer {
  readonly name: string;
  /** Imports the file; gives how many people came in. */
  run(file: string): Promise<number>;
  /** Processor time of its own processes, beside the database's. */
  cpuMicros(): number;
  /** The most memory its process ever held, in MB. */
  peakMb(): number;
  close(): Promise<void>;
}

type Url = (database?: string) => string;

/** The campaign service as it runs, in a process of its own, called over NATS as the gateway calls it. */
export async function overture(url: Url, natsUrl: string): Promise<Importer> {
  const service = await startCampaign(url, natsUrl);
  const nats = await connect({ servers: natsUrl });
  const rpc = new RpcClient(nats, new Activity());
  return {
    name: 'Overture, whole import',
    async run(file) {
      const tenantId = randomUUID();
      const call = <I extends DescMessage, O extends DescMessage>(
        method: DescMethodUnary<I, O>,
        request: MessageInitShape<I>,
      ) => rpc.call(method, request, { tenantId, deadlineMs: 60_000 });
      const { campaignId } = await call(CampaignService.method.createCampaign, campaign);
      const { importId } = await call(CampaignService.method.startImport, { campaignId });
      const leads = await LeadFile.open(createReadStream(file));
      let batch = 0;
      for await (const rows of leads.batches()) {
        const request = { importId, batch: batch++, rows: rows.map(rowMessage) };
        await call(CampaignService.method.appendImportRows, request);
      }
      await call(CampaignService.method.finishImport, { importId });
      await call(CampaignService.method.commitImport, { importId });
      for (;;) {
        const found = await call(CampaignService.method.getImport, { importId });
        if (found.status === 'committed') return found.imported;
        await sleep(20);
      }
    },
    cpuMicros: () => cpuMicrosOf(service.pid as number),
    peakMb: () => peakMbOf(service.pid as number),
    async close() {
      await nats.close();
      service.kill('SIGTERM');
    },
  };
}

/** What the figures of others measure: an event per lead, 32 at once, and nothing else. */
export async function emmett(url: Url): Promise<Importer> {
  await withClient(url(), (admin) => createDatabase(admin, 'emmett'));
  const pool = new pg.Pool({ connectionString: url('emmett'), max: 32, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  const connectionOptions = { pooled: true, pool } as const;
  const store = getPostgreSQLEventStore(url('emmett'), { connectionOptions });
  await store.schema.migrate();
  return {
    ...inThisProcess('Emmett, append per lead, 32 at once'),
    async run(file) {
      let imported = 0;
      await inParallel(records(file), 32, async (data) => {
        const options = { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' } as const;
        await store.appendToStream(
          `lead-${randomUUID()}`,
          [{ type: 'LeadEnrolled', data }],
          options,
        );
        imported++;
      });
      return imported;
    },
    async close() {
      await store.close();
      await pool.end();
    },
  };
}

/** The plainest import there is: rows into one table, no duplicates found, nothing sealed, no events. */
export async function plainInserts(url: Url): Promise<Importer> {
  await withClient(url(), (admin) => createDatabase(admin, 'plain'));
  const pool = new pg.Pool({ connectionString: url('plain'), max: 1, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  await pool.query(`create table leads (
    lead_id uuid primary key, first_name text, last_name text, url text, email text,
    company text, position text)`);
  return {
    ...inThisProcess('csv-parse + insert of 1000'),
    async run(file) {
      let imported = 0;
      let waiting: Record<string, string>[] = [];
      const flush = async () => {
        await pool.query(insertThousand, [
          waiting.map(() => randomUUID()),
          ...columns.map((column) => waiting.map((row) => row[column])),
        ]);
        imported += waiting.length;
        waiting = [];
      };
      for await (const record of records(file)) {
        if (waiting.push(record) === 1_000) await flush();
      }
      if (waiting.length > 0) await flush();
      return imported;
    },
    close: () => pool.end(),
  };
}

const columns = ['First Name', 'Last Name', 'URL', 'Email Address', 'Company', 'Position'];
const insertThousand = `insert into leads
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`;

const campaign: MessageInitShape<(typeof CampaignService.method.createCampaign)['input']> = {
  name: 'Import',
  type: CampaignType.MESSENGER,
  identityIds: ['identity-1', 'identity-2'],
  sequence: { steps: [{ kind: ActionKind.MESSAGE, text: 'Hello {first_name}' }] },
};

type LeadRow = LeadFile extends { batches(): AsyncGenerator<infer Rows, void> }
  ? Rows extends readonly (infer Row)[]
    ? Row
    : never
  : never;

function rowMessage({ row, lead, problem }: LeadRow) {
  const given = lead && { lead: { ...lead, customFields: { ...lead.customFields } } };
  return { row, ...given, problem: problem?.message ?? '' };
}

function records(file: string): AsyncIterable<Record<string, string>> {
  return createReadStream(file).pipe(parse({ columns: true }));
}

async function inParallel<T>(
  items: AsyncIterable<T>,
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const source = items[Symbol.asyncIterator]();
  const worker = async () => {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

function inThisProcess(name: string) {
  return { name, cpuMicros: () => 0, peakMb: () => process.memoryUsage().rss / 1e6 };
}

async function startCampaign(url: Url, natsUrl: string): Promise<ChildProcess> {
  const passwords = { owner: 'bench', app: 'bench' };
  await withClient(url(), (admin) => createDatabase(admin, 'overture'));
  await withClient(url('overture'), async (admin) => {
    await provisionSchema(admin, 'campaign', passwords);
    await letConnect(admin, ['campaign']);
  });
  const as = (user: string) =>
    Object.assign(new URL(url('overture')), { username: `campaign_${user}`, password: 'bench' });
  const service = spawn(process.execPath, ['services/campaign/dist/main.js'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CAMPAIGN_DATABASE_URL: as('app').href,
      CAMPAIGN_MIGRATIONS_URL: as('owner').href,
      NATS_URL: natsUrl,
      FINGERPRINT_KEY: 'bench',
      SEAL_KEYS: `bench:${Buffer.alloc(32, 7).toString('base64')}`,
    },
  });
  for await (const line of service.stdout) if (String(line).includes('ready')) break;
  return service;
}

// Linux only, as is the processor time.
function peakMbOf(pid: number): number {
  const status = process.platform === 'linux' ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
