/** What the virtual clock must know before it moves: who works, and what is published but not yet settled. */
export interface QuietReport {
  /** Pieces of work in flight: calls, handlers, events delivered or waiting, facts not yet published. */
  readonly busy: number;
  /** Grows with every piece of work begun; two equal readings mean that nothing happened in between. */
  readonly activity: number;
  /** Per partition the last sequence in the event stream that this process published. */
  readonly published: Readonly<Record<number, number>>;
  /** Per partition the sequence up to which everything is settled; absent for a service that follows nothing. */
  readonly settled?: Readonly<Record<number, number>>;
}

/** Counts the work in flight of one service. */
export class Activity {
  private readonly published = new Map<number, number>();
  private readonly backlogs: (() => number)[] = [];
  private settled: (() => Readonly<Record<number, number>>) | undefined;
  private inFlight = 0;
  private begun = 0;

  /** Marks one piece of work as begun; call the result once when it has ended. */
  begin(): () => void {
    this.inFlight++;
    this.begun++;
    let ended = false;
    return () => {
      if (!ended) this.inFlight--;
      ended = true;
    };
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const end = this.begin();
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Something happened that has no duration of its own. */
  touch(): void {
    this.begun++;
  }

  /** Adds a source of waiting work, read at each report. */
  addBacklog(count: () => number): void {
    this.backlogs.push(count);
  }

  follow(settled: () => Readonly<Record<number, number>>): void {
    this.settled = settled;
  }

  publishedUpTo(partition: number, sequence: number): void {
    if (sequence > (this.published.get(partition) ?? 0)) this.published.set(partition, sequence);
  }

  /** The event stream began anew, so its sequences say nothing any more. */
  forgetPublished(): void {
    this.published.clear();
  }

  report(): QuietReport {
    const waiting = this.backlogs.reduce((sum, count) => sum + count(), 0);
    return {
      busy: this.inFlight + waiting,
      activity: this.begun,
      published: Object.fromEntries(this.published),
      ...(this.settled && { settled: this.settled() }),
    };
  }
}
