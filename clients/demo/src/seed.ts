import { readFileSync } from 'node:fs';
import type { DemoEnvironment } from './environment.js';
import type {
  Campaign,
  Identity,
  ImportCounts,
  LaunchReport,
  OvertureApi,
} from './overture-api.js';
import { decodeText, splitCsv } from './split-csv.js';
import type { Receiver } from './receiver.js';
import type { Stage } from './stage.js';
import type { DemoState } from './state.js';
import { people, soldAs } from './people.js';
import { holidayWithin, settleLeads } from './places.js';
import { connectorSequence, messengerSequence, schedule, settings } from './sequences.js';

export interface Seeding {
  readonly api: OvertureApi;
  readonly stage: Stage;
  readonly receiver: Receiver;
  readonly environment: DemoEnvironment;
  readonly say: (line: string) => void;
}

// Of the messenger's leads, every seventh turns out not to be connected (S2-38).
const strangerEvery = 7;
const pollMs = 100;

/** From an empty product to two launched campaigns, through the same API that users have. */
export async function seed(seeding: Seeding, startedAt: Date): Promise<DemoState> {
  const { environment, receiver, say } = seeding;
  const [forMessenger, forConnector] = splitCsv(decodeText(readFileSync(environment.csv)));
  await openStage(seeding, startedAt);
  await relate(seeding.stage, forMessenger);
  const [maya, tomas] = [await addIdentity(seeding, 'maya'), await addIdentity(seeding, 'tomas')];
  const receiverPort = await receiver.listen(0);
  const endpoint = await addEndpoint(seeding, receiverPort);
  receiver.trust(endpoint.secret);
  const messenger = await createCampaign(seeding, 'messenger', maya);
  await importLeads(seeding, messenger, forMessenger);
  const connector = await createCampaign(seeding, 'connector', tomas);
  await importLeads(seeding, connector, forConnector);
  const dayOff = holidayWithin(startedAt);
  for (const campaign of [messenger, connector]) {
    await settleLeads(seeding.api, campaign.campaignId, dayOff);
    const report = await seeding.api.post<LaunchReport>(`campaigns/${campaign.campaignId}/launch`);
    say(`${campaign.name}: ${report.message}`);
  }
  return {
    startedAt: startedAt.toISOString(),
    receiverPort,
    endpointId: endpoint.endpoint.endpointId,
    endpointSecret: endpoint.secret,
    campaignIds: [messenger.campaignId, connector.campaignId],
    identityIds: [maya.identityId, tomas.identityId],
    ...(dayOff && { dayOff }),
    played: [],
  };
}

async function openStage({ stage, api, environment }: Seeding, startAt: Date): Promise<void> {
  await stage.post('world', { seed: 'overture-demo', startAt: startAt.toISOString() });
  for (const { uid, name, timeZone, tier } of Object.values(people)) {
    await stage.post('identities', { uid, name, timeZone, tier: soldAs[tier] });
  }
  const hook = await api.post<{ token: string; secretHeader: string; secret: string }>('hooks', {
    provider: 'edges',
  });
  await stage.post('webhook', {
    url: `${environment.apiUrl}/hooks/edges/${hook.token}`,
    headers: { [hook.secretHeader]: hook.secret },
  });
}

function addIdentity({ api }: Seeding, who: keyof typeof people): Promise<Identity> {
  const { uid, name, timeZone, tier } = people[who];
  return api.post(
    'identities',
    { name, provider: 'edges', accountRef: uid, timeZone, tier },
    `identity-${who}`,
  );
}

function addEndpoint(
  { api }: Seeding,
  port: number,
): Promise<{ endpoint: { endpointId: string }; secret: string }> {
  const url = `http://127.0.0.1:${port}/overture`;
  return api.post('webhook-endpoints', { url, description: 'The demo partner' });
}

function createCampaign(
  { api }: Seeding,
  type: 'messenger' | 'connector',
  by: Identity,
): Promise<Campaign> {
  const isMessenger = type === 'messenger';
  const name = isMessenger ? 'Old contacts' : 'New contacts';
  const sequence = isMessenger ? messengerSequence : connectorSequence;
  const body = {
    name,
    type,
    identityIds: [by.identityId],
    sequence,
    schedule,
    settings: settings[type],
  };
  return api.post('campaigns', body, `campaign-${type}`);
}

async function importLeads({ api, say }: Seeding, campaign: Campaign, csv: string): Promise<void> {
  const { campaignId } = campaign;
  const uploaded = await api.uploadCsv(csv, { campaignId, fileName: 'connections.csv' });
  const { importId } = uploaded.import;
  await api.post(`imports/${importId}/commit`);
  for (;;) {
    const counts = await api.get<ImportCounts>(`imports/${importId}`);
    if (counts.status === 'committed') {
      const { rows, imported, duplicates, rejected } = counts;
      say(
        `${campaign.name}: ${rows} rows, ${imported} imported, ${duplicates} duplicates, ${rejected} rejected`,
      );
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** In the pretend LinkedIn, most of these people are Maya's connections. */
async function relate(stage: Stage, csv: string): Promise<void> {
  const addresses = csv.match(/[^\s",;]*linkedin\.com\/in\/[^\s",;]+/gi) ?? [];
  const connected = addresses.filter((_, index) => (index + 1) % strangerEvery !== 0);
  await stage.post('relations', {
    identityUid: people.maya.uid,
    people: connected.map((profileUrl) => ({ profileUrl })),
  });
}
