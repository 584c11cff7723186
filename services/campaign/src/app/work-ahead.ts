export type Job =
  | 'start'
  | 'fan-out'
  | 'import'
  | 'search'
  | 'enrichment'
  | 'deadline'
  | 'finish'
  | 'do-not-contact'
  | 'colleagues';

/** Tells the service's own loops that there is something to do. A word that is lost costs a delay, never the work. */
export class WorkAhead {
  private readonly listeners = new Map<Job, () => void>();

  on(job: Job, listener: () => void): void {
    this.listeners.set(job, listener);
  }

  wake(job: Job): void {
    this.listeners.get(job)?.();
  }

  wakeAll(): void {
    for (const listener of this.listeners.values()) listener();
  }
}
