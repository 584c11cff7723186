import { Logger } from '@nestjs/common';
import { classified } from '@overture/event-store';
import { DomainError, TransientError } from '@overture/kernel';
import { counters } from './counters.js';
import type { DeadLetters, FinalFailure } from './dead-letters.js';
import { UnreadableEventError } from './event-handlers.js';
import type { Failures } from './failures.js';
import { keyOf, type Entry } from './stream-run.js';

export interface JudgeOptions {
  readonly failures: Failures;
  readonly deadLetters: DeadLetters;
  readonly triesMax: number;
}

/** What to do about an event that failed: count it as handled, park its stream, or try again after `restMs`. */
export type Judgement =
  | { readonly verdict: 'refused' | 'parked' }
  | { readonly verdict: 'waits'; readonly restMs: number };

// A lost race or a restart is over by then; what still fails is worth a line, and later an alarm.
const notedTries = 3;
const alarmEveryTries = 10;

/** Tells a rule that said no from what may work later, and both from our own bugs. (P13) */
export class FailureJudge {
  private readonly logger = new Logger('Events');

  constructor(private readonly options: JudgeOptions) {}

  /** `final`: what fails for no passing reason gets no further try. */
  async judge(entry: Entry, thrown: unknown, final: boolean): Promise<Judgement> {
    const error = classified(thrown);
    if (error instanceof DomainError) {
      counters.refused.add(1, { code: error.code });
      this.logger.debug(`${describe(entry)} has no effect: ${error.code}`);
      return { verdict: 'refused' };
    }
    return error instanceof TransientError
      ? this.retry(entry, error)
      : this.retryOrPark(entry, error, final);
  }

  /** For a failure that is about the moment, whatever threw it. */
  retry(entry: Entry, error: unknown): Judgement {
    const { failures } = this.options;
    const { tries } = failures.record('passing', keyOf(entry), entry.envelope.version);
    const text = `${describe(entry)} waits after ${tries} tries: ${String(error)}`;
    if (tries % alarmEveryTries === 0) this.logger.error(text);
    else if (tries === notedTries) this.logger.warn(text);
    counters.retried.add(1);
    return { verdict: 'waits', restMs: failures.rest(keyOf(entry), tries) };
  }

  private async retryOrPark(entry: Entry, error: unknown, final: boolean): Promise<Judgement> {
    const { failures, triesMax } = this.options;
    const failure = failures.record('lasting', keyOf(entry), entry.envelope.version);
    const hopeless = final || error instanceof UnreadableEventError;
    if (hopeless || failure.tries >= triesMax) return this.park(entry, { error, ...failure });
    this.logger.warn(`${describe(entry)} failed, try ${failure.tries}: ${String(error)}`);
    return { verdict: 'waits', restMs: failures.rest(keyOf(entry), failure.tries) };
  }

  private async park(entry: Entry, failure: Omit<FinalFailure, 'envelope'>): Promise<Judgement> {
    try {
      await this.options.deadLetters.park({ ...failure, envelope: entry.envelope });
    } catch (error) {
      return this.retry(entry, error);
    }
    this.options.failures.forget(keyOf(entry), entry.envelope.version);
    counters.parked.add(1);
    this.logger.error(`${describe(entry)} is parked: ${String(failure.error)}`);
    return { verdict: 'parked' };
  }
}

function describe({ envelope: { type, streamId, version } }: Entry): string {
  return `${type} (${streamId} ${version})`;
}
