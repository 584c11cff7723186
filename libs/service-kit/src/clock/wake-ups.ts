import type { Cancel, Instant } from '@overture/kernel';

interface WakeUp {
  readonly at: Instant;
  readonly order: number;
  readonly wake: () => void | Promise<void>;
}

/** Wake-ups in the order they come due; those of the same instant in the order they were asked for. */
export class WakeUps {
  private readonly waiting = new Set<WakeUp>();
  private orders = 0;

  add(at: Instant, wake: () => void | Promise<void>): Cancel {
    const entry = { at, order: this.orders++, wake };
    this.waiting.add(entry);
    return () => this.waiting.delete(entry);
  }

  earliest(): Instant | undefined {
    let found: Instant | undefined;
    for (const { at } of this.waiting) if (found === undefined || at < found) found = at;
    return found;
  }

  /** Takes out everything that is due. */
  takeDue(now: Instant): WakeUp[] {
    const due = [...this.waiting].filter(({ at }) => at <= now);
    for (const entry of due) this.waiting.delete(entry);
    return due.sort((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1));
  }

  takeAll(): WakeUp[] {
    const all = [...this.waiting];
    this.waiting.clear();
    return all;
  }
}
