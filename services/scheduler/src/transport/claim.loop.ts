import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DueLoop, LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import { claimAllDue, ClaimDeps, type Pass } from '../app/claim-due.js';
import { TUNING, type SchedulerTuning } from '../settings.js';
import { WakeUp } from './wake-up.js';

/**
 * Claims what comes due. Sleeps until the next slot of any identity and is woken by commits that change one. Replicas
 * wake themselves for their own commits only, so each also looks now and then: due work waits at most so long (F040).
 */
@Injectable()
export class ClaimLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: DueLoop;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly deps: ClaimDeps,
    private readonly wakeUp: WakeUp,
    @Inject(TUNING) private readonly tuning: SchedulerTuning,
    @Inject(LOGGER) logger: Logger,
  ) {
    const { clock } = deps;
    this.loop = new DueLoop({ name: 'claims', clock, logger, work: () => this.run() });
  }

  onApplicationBootstrap(): void {
    this.wakeUp.listen(() => this.loop.wake());
    this.loop.wake();
    // On real time: the commits of other replicas do not reach this one.
    this.timer = setInterval(() => this.loop.wake(), this.tuning.lookMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.loop.stop();
  }

  /** Visits every due lane of one workspace now; without one, of all: an outside cron knows none (S2-31). */
  processDue(tenantId: string): Promise<Pass> {
    return this.claim(tenantId === '' ? {} : { tenantId });
  }

  private async run() {
    await this.claim({});
    return this.deps.due.nextVisitAt();
  }

  private claim(of: { tenantId?: string }): Promise<Pass> {
    return claimAllDue(this.deps, { ...of, visitsMax: this.tuning.visitsMax });
  }
}
