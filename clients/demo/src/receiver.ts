import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceiverCounts {
  readonly verified: number;
  readonly repeated: number;
  readonly refused: number;
  readonly outOfOrder: number;
  readonly lastType: string;
}

/** A webhook whose signature was right. */
export interface Delivered {
  readonly type: string;
  readonly data: { readonly enrollmentId?: string; readonly sequence: number };
}

const bodyBytesMax = 64 * 1024;

/** A partner's server, as small as one can be: verifies each signature and notices what comes out of order. */
export class Receiver {
  private readonly server: Server;
  private readonly seen = new Set<string>();
  private readonly lastSequence = new Map<string, number>();
  private counts: ReceiverCounts = {
    verified: 0,
    repeated: 0,
    refused: 0,
    outOfOrder: 0,
    lastType: '',
  };
  private webhook: Webhook | undefined;

  constructor(
    private readonly onDelivered: (delivered: Delivered & { id: string }) => void = () => undefined,
  ) {
    this.server = createServer((request, response) => {
      void this.receive(request).then((status) => response.writeHead(status).end());
    });
  }

  /** Listens on the port, or on a free one when it is 0 or taken. */
  async listen(port: number): Promise<number> {
    try {
      return await this.tryListen(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return this.tryListen(0);
    }
  }

  trust(secret: string): void {
    this.webhook = new Webhook(secret);
  }

  get counted(): ReceiverCounts {
    return this.counts;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private tryListen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve((this.server.address() as AddressInfo).port);
      });
    });
  }

  private async receive(request: IncomingMessage): Promise<number> {
    const body = await readBody(request);
    try {
      const event = this.verify(body, request);
      const id = String(request.headers['webhook-id']);
      this.note(id, event);
      this.onDelivered({ id, ...event });
      return 204;
    } catch {
      this.counts = { ...this.counts, refused: this.counts.refused + 1 };
      return 401;
    }
  }

  private verify(body: string, { headers }: IncomingMessage): Delivered {
    if (!this.webhook) throw new Error('No secret yet.');
    return this.webhook.verify(body, headers as Record<string, string>) as Delivered;
  }

  private note(id: string, { type, data: { enrollmentId = id, sequence } }: Delivered): void {
    const { verified, repeated, outOfOrder } = this.counts;
    if (this.seen.has(id)) {
      this.counts = { ...this.counts, repeated: repeated + 1 };
      return;
    }
    this.seen.add(id);
    const late = sequence <= (this.lastSequence.get(enrollmentId) ?? 0);
    this.lastSequence.set(enrollmentId, sequence);
    this.counts = {
      ...this.counts,
      verified: verified + 1,
      outOfOrder: outOfOrder + (late ? 1 : 0),
      lastType: type,
    };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
