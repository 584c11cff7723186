import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DescMessage, DescMethodUnary, MessageInitShape } from '@bufbuild/protobuf';
import { connect } from '@nats-io/transport-node';
import { ActionKind, CampaignService, CampaignType } from '@overture/contracts';
import { importFile } from '@overture/gateway';
import type { LeadRow } from '@overture/lead-import';
import { Activity, RpcClient } from '@overture/messaging';
import type { Url } from '../shared/postgres.js';
import { serviceSchema } from '../shared/service-schema.js';
import type { Importer } from './importer.js';

const rpc = CampaignService.method;
const limits = { bytesMax: 1e9, rowsMax: 1_000_000 };
const deadlineMs = 60_000;

const campaign: MessageInitShape<typeof rpc.createCampaign.input> = {
  name: 'Import',
  type: CampaignType.MESSENGER,
  identityIds: ['identity-1', 'identity-2'],
  sequence: { steps: [{ kind: ActionKind.MESSAGE, text: 'Hello {first_name}' }] },
};

/** The campaign service in a process of its own, and the gateway's half of an import in this one. */
export async function overture(url: Url, natsUrl: string): Promise<Importer> {
  const service = await startCampaign(url, natsUrl);
  const nats = await connect({ servers: natsUrl });
  const client = new RpcClient(nats, new Activity());
  return {
    name: 'Overture, whole import',
    pid: service.pid as number,
    async run(file) {
      const tenantId = randomUUID();
      const call = <I extends DescMessage, O extends DescMessage>(
        method: DescMethodUnary<I, O>,
        request: MessageInitShape<I>,
      ) => client.call(method, request, { tenantId, deadlineMs });
      const { campaignId } = await call(rpc.createCampaign, campaign);
      const { importId } = await call(rpc.startImport, { campaignId });
      const calls = {
        start: () => Promise.resolve(importId),
        append: async (_: string, batch: number, rows: readonly LeadRow[]) => {
          const request = { importId, batch, rows: rows.map(rowMessage) };
          return (await call(rpc.appendImportRows, request)).rows;
        },
        finish: () => call(rpc.finishImport, { importId }),
      };
      await importFile(createReadStream(file), calls, { mapping: {}, ...limits });
      await call(rpc.commitImport, { importId });
      for (;;) {
        const { status, imported } = await call(rpc.getImport, { importId });
        if (status === 'committed') return imported;
        await sleep(20);
      }
    },
    async close() {
      await nats.close();
      service.kill('SIGTERM');
    },
  };
}

function rowMessage({ row, lead, problem }: LeadRow) {
  return problem === undefined ? { row, lead: { ...lead } } : { row, problem: problem.message };
}

async function startCampaign(url: Url, natsUrl: string) {
  const sets = ['event-store', 'messaging', 'campaign'];
  const as = await serviceSchema(url, { database: 'overture', schema: 'campaign', sets });
  const service = spawn(process.execPath, ['services/campaign/dist/main.js'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CAMPAIGN_DATABASE_URL: as('app'),
      NATS_URL: natsUrl,
      FINGERPRINT_KEY: 'bench',
      SEAL_KEYS: `bench:${Buffer.alloc(32, 7).toString('base64')}`,
    },
  });
  for await (const line of service.stdout) if (String(line).includes('ready')) break;
  return service;
}
