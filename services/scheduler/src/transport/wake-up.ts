import { Injectable } from '@nestjs/common';

/** Carries "something may have come due" from the commit that caused it to the loop of this process. */
@Injectable()
export class WakeUp {
  private wake: () => void = () => undefined;

  listen(wake: () => void): void {
    this.wake = wake;
  }

  ring(): void {
    this.wake();
  }
}
