/** Says why time does not move, every so often while it does not. */
export class Standstill {
  private speakAt: number;

  constructor(
    private readonly everyMs: number,
    private readonly tell: ((why: string) => void) | undefined,
  ) {
    this.speakAt = performance.now() + everyMs;
  }

  goesOn(why: () => string): void {
    if (performance.now() <= this.speakAt) return;
    this.speakAt = performance.now() + this.everyMs;
    this.tell?.(why());
  }
}
