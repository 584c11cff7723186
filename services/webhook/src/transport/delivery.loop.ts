import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LOGGER, TakingLoop } from '@overture/service-kit';
import type { Logger } from 'pino';
import { attemptDelivery, takeDeliveries, type TakenDelivery } from '../app/deliver.js';
import type { DeliveryResult, InFlight } from '../app/ports.js';
import { WebhookDeps } from '../app/webhook-deps.js';

/** Delivers what is due: endpoints side by side, results written down many at a time. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: TakingLoop<TakenDelivery>;
  private readonly inFlight = new Map<string, InFlight>();
  private results: DeliveryResult[] = [];
  private recording: Promise<void> | undefined;

  constructor(
    private readonly deps: WebhookDeps,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new TakingLoop({
      name: 'deliveries',
      clock: deps.clock,
      logger,
      take: () => this.take(),
      work: (taken) => this.deliver(taken).finally(() => this.count(taken, -1)),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  wake(): void {
    this.loop.wake();
  }

  private async take() {
    const due = await takeDeliveries(this.deps, [...this.inFlight.values()]);
    for (const each of due.taken) this.count(each, 1);
    return due;
  }

  private async deliver(taken: TakenDelivery): Promise<void> {
    const result = await attemptDelivery(this.deps, taken);
    // Not in one line: what is written down meanwhile leaves a new list behind.
    this.results.push(result);
    // Whoever finishes while a batch is written waits for the next one, which takes all that gathered.
    const before = this.recording ?? Promise.resolve();
    this.recording = before.catch(() => undefined).then(() => this.record());
    await this.recording;
  }

  private async record(): Promise<void> {
    const batch = this.results;
    this.results = [];
    if (batch.length === 0) return;
    await this.deps.database.worker((tx) => this.deps.deliveries.record(tx, batch));
  }

  private count({ endpoint }: TakenDelivery, change: 1 | -1): void {
    const { tenantId, endpointId } = endpoint;
    const inFlight = (this.inFlight.get(endpointId)?.inFlight ?? 0) + change;
    if (inFlight === 0) this.inFlight.delete(endpointId);
    else this.inFlight.set(endpointId, { tenantId, endpointId, inFlight });
  }
}
