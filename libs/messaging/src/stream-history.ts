import { OpsService, type StreamMessage } from '@overture/contracts';
import { readEnvelope } from './envelope.js';
import type { RpcClient } from './rpc-client.js';
import type { Entry } from './stream-run.js';
import { opsSubject } from './subjects.js';

export interface HistoryPage {
  readonly tenantId: string;
  readonly streamId: string;
  /** The service that owns the stream. */
  readonly context: string;
  readonly fromVersion: number;
}

const pageEvents = 200;
const deadlineMs = 3_000;

/** Reads the events of a stream from their owner, in order: what closes a hole, and what a release works from. */
export class StreamHistory {
  constructor(private readonly client: RpcClient) {}

  async page({ tenantId, streamId, context, fromVersion }: HistoryPage): Promise<Entry[]> {
    const method = OpsService.method.readStream;
    const { messages } = await this.client.callSubject(opsSubject(context, method), method, {
      request: { streamId, fromVersion, limit: pageEvents },
      options: { tenantId, deadlineMs },
    });
    return messages.map(toEntry);
  }
}

function toEntry({ headers, bodyJson }: StreamMessage): Entry {
  return {
    envelope: readEnvelope(headers),
    body: () => JSON.parse(bodyJson) as unknown,
    deliveries: [],
  };
}
