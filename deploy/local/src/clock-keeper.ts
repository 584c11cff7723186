import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/nats-core';
import { instant, type Instant } from '@overture/kernel';
import { ClockDriver } from '@overture/service-kit';
import { serviceNames, type Installation } from './installation.js';

/** The driver of the virtual clock with its own connection; the instant outlives a restart. */
export class ClockKeeper {
  private constructor(
    readonly driver: ClockDriver,
    private readonly nats: NatsConnection,
    private readonly file: string,
  ) {}

  static async start(installation: Installation): Promise<ClockKeeper> {
    const { natsUrl, natsSecured, secrets, home, startAt } = installation;
    const nats = await connect({
      servers: natsUrl,
      name: 'clock',
      inboxPrefix: '_INBOX_clock',
      maxReconnectAttempts: -1,
      ...(natsSecured && { user: 'clock', pass: secrets.nats['clock'] ?? '' }),
    });
    const file = clockFile(home);
    const driver = new ClockDriver(nats, {
      services: serviceNames,
      startAt: keptInstant(home) ?? startAt,
      onMove: (now) => keep(file, { mode: 'virtual', now }),
      onStandstill: (why) => console.warn(`Time stands still: ${why}.`),
    });
    return new ClockKeeper(driver, nats, file);
  }

  /** Hands all services over to the system's clock, for this start and all later ones. */
  async release(): Promise<void> {
    await this.driver.release();
    keep(this.file, { mode: 'real', now: this.driver.now });
  }

  async stop(): Promise<void> {
    this.driver.stop();
    await this.nats.close();
  }
}

function clockFile(home: string): string {
  return join(home, 'clock.json');
}

function keptInstant(home: string): Instant | undefined {
  const file = clockFile(home);
  if (!existsSync(file)) return undefined;
  return instant((JSON.parse(readFileSync(file, 'utf8')) as { now: string }).now);
}

function keep(file: string, state: { mode: 'real' | 'virtual'; now: Instant }): void {
  writeFileSync(`${file}.partial`, JSON.stringify(state));
  renameSync(`${file}.partial`, file);
}
