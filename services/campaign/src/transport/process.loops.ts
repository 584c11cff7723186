import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { minuteMs, plus, type Instant } from '@overture/kernel';
import { DueLoop, LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import { expireImports } from '../app/expire-imports.js';
import { fanOut } from '../app/fan-out.js';
import { finishCampaigns, passDeadlines, startWaiting } from '../app/loops.js';
import { Ports } from '../app/ports.js';
import { commitImports } from '../app/run-import.js';
import { readProfiles } from '../app/run-enrichments.js';
import { readSearches } from '../app/run-searches.js';
import { stopColleagues } from '../app/stop-colleagues.js';
import { stopListed } from '../app/stop-listed.js';
import type { Job } from '../app/work-ahead.js';

/** When somebody whose relation could not be checked is looked at again. */
const recheckAfterMs = 5 * minuteMs;
// Only for work whose process died: everything alive is woken by the commit that made the work.
const watchdogMs = 30_000;

/** What this service does on its own: woken by commits and by the clock, never by polling for business. */
@Injectable()
export class ProcessLoops implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loops: DueLoop[];
  private watchdog: NodeJS.Timeout | undefined;

  constructor(
    private readonly ports: Ports,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loops = [
      this.loop('start', () => this.start()),
      this.loop('fan-out', () => untilDone(() => fanOut(ports))),
      this.loop('import', async () => {
        while (await commitImports(ports));
        return expireImports(ports);
      }),
      this.loop('search', () => readSearches(ports)),
      this.loop('enrichment', () => readProfiles(ports)),
      this.loop('do-not-contact', () => untilDone(() => stopListed(ports))),
      this.loop('colleagues', () => untilDone(() => stopColleagues(ports))),
      this.loop('deadline', () => passDeadlines(ports)),
      this.loop('finish', () => finishCampaigns(ports).then(nothingNext)),
    ];
  }

  onApplicationBootstrap(): void {
    this.ports.work.wakeAll();
    this.watchdog = setInterval(() => this.ports.work.wakeAll(), watchdogMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.watchdog);
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  private loop(name: Job, work: () => Promise<Instant | undefined>): DueLoop {
    const { clock } = this.ports;
    const loop = new DueLoop({ name, clock, logger: this.logger, work });
    this.ports.work.on(name, () => loop.wake());
    return loop;
  }

  private async start(): Promise<Instant | undefined> {
    const waiting = await startWaiting(this.ports);
    return waiting ? plus(this.ports.clock.now(), recheckAfterMs) : undefined;
  }
}

const nothingNext = () => undefined;

/** Goes on while there is more to do; then only a commit brings more. */
async function untilDone(work: () => Promise<boolean>): Promise<undefined> {
  while (await work());
  return undefined;
}
