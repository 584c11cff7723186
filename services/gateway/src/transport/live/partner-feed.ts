import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { WebhookService, type PartnerEvent } from '@overture/contracts';
import { LiveFeed } from '../../app/live-feed.js';
import { Backend } from '../http/backend.js';

const pageMax = 200;
const everyMs = 1_000;

/** The events that partners get, read once per workspace for all who watch it here. */
@Injectable()
export class PartnerFeed extends LiveFeed<PartnerEvent> implements BeforeApplicationShutdown {
  private readonly closers = new Set<() => void>();

  constructor(backend: Backend) {
    super((tenantId, cursor) => {
      const watcher = { tenantId, keyId: 'live', requestId: 'live' };
      return backend.call(WebhookService.method.listEvents, { limit: pageMax, cursor }, watcher);
    }, everyMs);
  }

  onClose(close: () => void): () => void {
    this.closers.add(close);
    return () => this.closers.delete(close);
  }

  beforeApplicationShutdown(): void {
    this.close();
    this.closers.forEach((close) => close());
  }
}
