import type { Entry } from './stream-run.js';

/** One transaction at a time: what arrives meanwhile becomes the next batch, so batches grow with the load. */
export class Lane {
  private queue: Entry[] = [];
  private running: Promise<void> | undefined;
  private current: Promise<void> = Promise.resolve();

  constructor(
    private readonly batchMax: number,
    private readonly handle: (tenantId: string, entries: readonly Entry[]) => Promise<void>,
  ) {}

  push(entry: Entry): void {
    this.queue.push(entry);
    this.running ??= this.run();
  }

  /** Takes back what has not begun. */
  withdraw(unwanted: (entry: Entry) => boolean): Entry[] {
    const withdrawn = this.queue.filter(unwanted);
    this.queue = this.queue.filter((entry) => !unwanted(entry));
    return withdrawn;
  }

  /** Resolves when what has begun has ended. */
  async settled(): Promise<void> {
    await this.current;
  }

  private async run(): Promise<void> {
    // What the server sent together belongs in one transaction: let the whole packet arrive.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.batchMax);
      this.current = this.handleAll(batch);
      await this.current;
    }
    this.running = undefined;
  }

  private async handleAll(batch: readonly Entry[]): Promise<void> {
    for (const [tenantId, entries] of byTenant(batch)) await this.handle(tenantId, entries);
  }
}

function byTenant(entries: readonly Entry[]): Map<string, Entry[]> {
  const tenants = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { tenantId } = entry.envelope;
    const known = tenants.get(tenantId);
    if (known) known.push(entry);
    else tenants.set(tenantId, [entry]);
  }
  return tenants;
}
