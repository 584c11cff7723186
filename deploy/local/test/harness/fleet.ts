import { afterTests, waitFor } from '@overture/testing';
import { type Instant } from '@overture/kernel';
import { installationApiKey } from '../../src/api-key.js';
import { ClockKeeper } from '../../src/clock-keeper.js';
import { serviceNames, type ServiceName } from '../../src/installation.js';
import { freePort } from '../../../../tools/lib/ports.mjs';
import { Child } from './child.js';
import { drivenBy, type Product } from './product.js';
import { startServers, type Servers } from './servers.js';

/** The product in its separate form: each service a process of its own, with the driver of time in this one. */
export class Fleet {
  private readonly children = new Map<ServiceName, Child>();

  private constructor(
    private readonly name: string,
    readonly servers: Servers,
    private readonly ports: Readonly<Record<ServiceName, number>>,
  ) {}

  static async start(name: string, startAt: Instant): Promise<{ fleet: Fleet; product: Product }> {
    const servers = await startServers(startAt);
    const { installation } = servers;
    const keeper = await ClockKeeper.start(installation);
    afterTests(() => keeper.stop());
    const apiKey = await installationApiKey(installation.home);
    const fleet = new Fleet(name, servers, await portsFor(installation.ports));
    for (const service of serviceNames) fleet.launch(service);
    await Promise.all(serviceNames.map((service) => fleet.untilReady(service)));
    const time: Product['time'] = {
      now: () => Promise.resolve(keeper.driver.now),
      advanceTo: (until) => keeper.driver.advanceTo(until),
    };
    return { fleet, product: { ...drivenBy(installation, apiKey), time } };
  }

  /** kill -9, then a new process. Others see it gone in between. */
  async restart(service: ServiceName): Promise<void> {
    await this.children.get(service)?.kill('SIGKILL');
    this.launch(service);
    await this.untilReady(service);
  }

  private launch(service: ServiceName): void {
    const health = service === 'gateway' || service === 'simulator' ? '' : '_HEALTH';
    const env = {
      OVERTURE_INSTALLATION: JSON.stringify(this.servers.installation),
      [`${service.toUpperCase()}${health}_PORT`]: String(this.ports[service]),
    };
    const child = Child.start({
      name: `${this.name}-${service}`,
      script: 'service-main.js',
      args: [service],
      env,
    });
    this.children.set(service, child);
  }

  private async untilReady(service: ServiceName): Promise<void> {
    const url = `http://127.0.0.1:${this.ports[service]}/readyz`;
    await waitFor(() => this.isReady(service, url), {
      what: `${service} to be ready`,
      everyMs: 100,
    });
  }

  private async isReady(service: ServiceName, url: string): Promise<boolean> {
    if (this.children.get(service)?.hasEnded) throw new Error(`${service} ended; see its log.`);
    return fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

async function portsFor(
  given: Readonly<Record<string, number>>,
): Promise<Record<ServiceName, number>> {
  const entries: [ServiceName, number][] = [];
  for (const service of serviceNames) entries.push([service, given[service] ?? (await freePort())]);
  return Object.fromEntries(entries) as Record<ServiceName, number>;
}
