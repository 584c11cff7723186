import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Instant } from '@overture/kernel';
import { DueLoop, LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import { attemptDelivery, takeDeliveries, type TakenDelivery } from '../app/deliver.js';
import type { DeliveryResult, Room } from '../app/ports.js';
import { WebhookDeps } from '../app/webhook-deps.js';

/** Delivers what is due: endpoints side by side, results written down many at a time. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: DueLoop;
  private readonly atWork = new Set<Promise<void>>();
  private readonly inFlight = new Map<string, Room>();
  private results: DeliveryResult[] = [];
  private recording: Promise<void> | undefined;

  constructor(
    private readonly deps: WebhookDeps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new DueLoop({
      name: 'deliveries',
      clock: deps.clock,
      logger,
      work: () => this.takeUp(),
    });
  }

  onApplicationBootstrap(): void {
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.atWork);
  }

  wake(): void {
    this.loop.wake();
  }

  private async takeUp(): Promise<Instant | undefined> {
    const { taken, nextDueAt } = await takeDeliveries(this.deps, [...this.inFlight.values()]);
    for (const each of taken) this.begin(each);
    return nextDueAt;
  }

  private begin(taken: TakenDelivery): void {
    this.count(taken, 1);
    const work = this.deps.clock
      .during(() => this.deliver(taken))
      .catch((error: unknown) =>
        this.logger.error({ err: error }, 'a delivery could not be recorded'),
      )
      .finally(() => {
        this.atWork.delete(work);
        this.count(taken, -1);
        this.wake();
      });
    this.atWork.add(work);
  }

  private async deliver(taken: TakenDelivery): Promise<void> {
    this.results.push(await attemptDelivery(this.deps, taken));
    // Whoever finishes while a batch is written waits for the next one, which takes all that gathered.
    this.recording = (this.recording ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.record());
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
