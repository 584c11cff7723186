import { DomainError, NotFoundError, TransientError } from '@overture/kernel';
import type { DeadLetters } from './dead-letters.js';
import type { StreamHistory } from './stream-history.js';
import type { StreamProcessor } from './stream-processor.js';
import { toRun } from './stream-run.js';

/** Lets a parked stream go: handles it again from the store, in order, up to all that arrived meanwhile. */
export class Release {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly history: StreamHistory,
    private readonly streams: StreamProcessor,
  ) {}

  /** Says how many events were handled. Fails, and leaves the stream parked, when one fails again. */
  async run(tenantId: string, deadLetterId: string): Promise<number> {
    const letter = await this.deadLetters.find(tenantId, deadLetterId);
    if (letter === undefined) throw new NotFoundError('dead-letter', deadLetterId);
    const { stream_id: streamId, context } = letter;
    let handled = 0;
    for (;;) {
      const { version, parked } = await this.deadLetters.stateOf(tenantId, letter);
      if (!parked || (await this.deadLetters.unpark(tenantId, letter))) return handled;
      const fromVersion = version + 1;
      const page = await this.history.page({ tenantId, streamId, context, fromVersion });
      if (page.length === 0) {
        throw new TransientError(`${context} has no version ${fromVersion} of ${streamId}.`);
      }
      const verdict = await this.streams.handle(tenantId, toRun(page), { releasing: true });
      if (verdict === 'waits') throw new TransientError(`${streamId} could not be handled now.`);
      if (verdict === 'parked') {
        const text = `${streamId} failed again and stays parked; its dead letter says why.`;
        throw new DomainError('dead-letter/failed-again', text, { deadLetterId, streamId });
      }
      handled += page.length;
    }
  }
}
